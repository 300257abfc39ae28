import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Additions } from '../../src/cli/cells/catalogs.ts'
import { planGate } from '../../src/cli/gate/plan-gate.ts'
import { loadModule } from '../../src/cli/load-module.ts'
import { DiagnosticError } from '../../src/foundation/diagnostic.ts'
import { entryText, readEntry } from '../../src/gate/cache-entry.ts'
import { compareWithManifest, outcomeOf } from '../../src/gate/compare-cells.ts'
import type { FoundCell } from '../../src/gate/found-cell.ts'
import { gateKey } from '../../src/gate/found-cell.ts'
import type { Manifest } from '../../src/gate/manifest.ts'
import { readManifest } from '../../src/gate/read-manifest.ts'
import { readResult, resultDocument } from '../../src/gate/result-document.ts'
import { mutationsOf } from './mutations.ts'
import { everyChange } from './sample.ts'

const runs = { numRuns: 1_000 }
const path = 'examples/gate/gilproof.gate.json'
const text = readFileSync(path, 'utf8')

function manifestIn(written: string): Manifest | undefined {
  const read = readManifest(written, path)
  if (read.ok) return read.value
  expect(read.diagnostics.length).toBeGreaterThan(0)
  for (const { code } of read.diagnostics) expect(code).toBe('MC610')
  return undefined
}

const original = manifestIn(text)

/** What judging would find, had the manifest its plan: the truth where the original knows it, else some verdict that no manifest expects. */
function judged(manifest: Manifest, additions: Additions): readonly FoundCell[] | undefined {
  const truth = new Map(original?.cells.map((cell) => [gateKey(cell.cell), cell]))
  try {
    return planGate(manifest, additions).flatMap(({ reading, client, bounds, promises }) =>
      promises.map((property): FoundCell => {
        const cell = { reading, client, property, bounds }
        const known = truth.get(gateKey(cell))
        if (known === undefined) return { cell, verdict: 'undecided', reason: 'nobody knows', isLeftOut: true }
        const { verdict, counterexample } = known
        return { cell, verdict, ...(counterexample && { counterexample: { replayCode: '', fingerprint: counterexample.fingerprint } }) }
      }),
    )
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined
    throw error
  }
}

describe('a thousand mutated files', () => {
  it('of a manifest are refused, or pass only where they expect what is found', async () => {
    const additions = await loadModule(join('examples/gate/design.ts'))
    let passed = 0
    fc.assert(
      fc.property(mutationsOf(text), (written) => {
        const manifest = manifestIn(written)
        const found = manifest && judged(manifest, additions)
        if (manifest === undefined || found === undefined) return
        if (outcomeOf(compareWithManifest(manifest.cells, found), { strictTraces: true }) !== 'as-expected') return
        passed += 1
        const verdicts = ({ cells }: Pick<Manifest, 'cells'>) =>
          cells.map(({ cell, verdict, counterexample }) => ({ cell, verdict, counterexample }))
        // A manifest that covers less and expects less is another manifest, not a wrong one.
        expect(verdicts(original ?? { cells: [] })).toEqual(expect.arrayContaining(verdicts(manifest)))
        expect(found).toHaveLength(manifest.cells.length)
      }),
      runs,
    )
    expect(passed).toBeGreaterThan(0)
  })

  it('of a cache are ignored, unless they say what they said', () => {
    const entry = {
      key: 'k'.repeat(64),
      engine: 'e'.repeat(64),
      verdicts: {
        'no-deadlock': { status: 'safe' as const },
        'no-fatal-error': {
          status: 'violated' as const,
          replayCode: 'gp1:a:b:c:2.2.1:0123456789ab:0:0000',
          fingerprint: '0123456789ab',
          isShortest: true,
        },
      },
    }
    fc.assert(
      fc.property(mutationsOf(entryText(entry)), (written) => {
        const read = readEntry(written, entry)
        if (read !== undefined) expect(read).toEqual(entry)
      }),
      runs,
    )
  })

  it('of a result are refused or read, and never crash', () => {
    const document = JSON.stringify(resultDocument(everyChange()), null, 1)
    fc.assert(
      fc.property(mutationsOf(document), (written) => {
        const read = readResult(written, 'r')
        if (!read.ok) expect(read.diagnostics[0]?.code).toBe('MC612')
      }),
      runs,
    )
  })
})
