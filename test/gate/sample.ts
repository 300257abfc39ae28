import { digestOf } from '../../src/foundation/digest.ts'
import { compareWithManifest, outcomeOf } from '../../src/gate/compare-cells.ts'
import type { FoundCell, ToldCounterexample } from '../../src/gate/found-cell.ts'
import { gateKey } from '../../src/gate/found-cell.ts'
import type { GateResult } from '../../src/gate/gate-result.ts'
import type { ExpectedCell, Manifest } from '../../src/gate/manifest.ts'
import { manifestText } from '../../src/gate/manifest-text.ts'
import { fingerprintOf } from '../../src/gate/tell-counterexample.ts'
import type { CellName } from '../../src/report/finding.ts'

const bounds = { threads: 2, interpreters: 2, rounds: 1 }

export function cell(property: string, client = 'pool', reading = 'mine.plain'): CellName {
  return { reading, client, property, bounds }
}

/** Lines of a trace of thread 1. */
export function violation(...steps: readonly string[]): { readonly fingerprint: string; readonly told: ToldCounterexample } {
  const trace = steps.map((step) => ({
    text: `thread 1: ${step}`,
    thread: 'thread 1',
    source: { version: '3.2', file: 'Python/pystate.c', symbol: 'PyGILState_Ensure' },
  }))
  const told = { isShortest: true, violation: 'fatal error', story: ['It aborts.'], trace }
  return { fingerprint: fingerprintOf(trace.map(({ text }) => text)), told }
}

export function holds(property: string, client?: string): FoundCell {
  return { cell: cell(property, client), verdict: 'holds' }
}

export function violated(property: string, steps: readonly string[], client?: string): FoundCell {
  return { cell: cell(property, client), verdict: 'violated', counterexample: { replayCode: `gp1:${property}`, ...violation(...steps) } }
}

export function undecided(property: string, isLeftOut = false): FoundCell {
  const reason = isLeftOut ? 'the budget of 1s was spent' : 'a limit was hit: 10 states'
  return { cell: cell(property), verdict: 'undecided', reason, ...(isLeftOut ? { isLeftOut: true } : {}) }
}

/** What a manifest that was made from these cells expects. */
export function expected(found: readonly FoundCell[], because = 'known'): readonly ExpectedCell[] {
  return found.map(({ cell: name, verdict, counterexample }) => ({
    cell: name,
    verdict,
    ...(verdict === 'violated' || verdict === 'undecided' ? { because } : {}),
    ...(counterexample === undefined
      ? {}
      : {
          counterexample: {
            fingerprint: counterexample.fingerprint,
            lines: counterexample.told?.trace.map(({ text }) => text) ?? [],
          },
        }),
  }))
}

export function manifestOf(cells: readonly ExpectedCell[]): Manifest {
  return {
    schema: './schema.json',
    modules: ['./design.ts'],
    covers: [{ clients: ['pool'], bounds }],
    limits: { states: 1000 },
    allowUndecided: cells.some(({ verdict }) => verdict === 'undecided'),
    cells: [...cells].sort((left, right) => (gateKey(left.cell) < gateKey(right.cell) ? -1 : 1)),
  }
}

export function resultOf(manifest: Manifest, found: readonly FoundCell[], strictTraces = false): GateResult {
  const comparison = compareWithManifest(manifest.cells, found)
  return {
    version: '1.2.3',
    engine: 'abcdef012345',
    manifest: { path: 'gilproof.gate.json', digest: digestOf(manifestText(manifest)), modules: ['design.ts'] },
    strictTraces,
    outcome: outcomeOf(comparison, { strictTraces }),
    comparison,
    found,
  }
}

/** One change of each kind, and cells that are as expected. */
export function everyChange(): GateResult {
  const before = [
    holds('a-holds'),
    holds('b-breaks'),
    violated('c-repaired', ['goes wrong']),
    violated('d-another-way', ['begins', 'turns left', 'ends']),
    holds('e-gone'),
    holds('f-undecided'),
    { cell: cell('g-exercised'), verdict: 'never-exercised' as const },
  ]
  const after = [
    holds('a-holds'),
    violated('b-breaks', ['begins', 'aborts']),
    holds('c-repaired'),
    violated('d-another-way', ['begins', 'turns right', 'ends']),
    undecided('f-undecided'),
    holds('g-exercised'),
    holds('h-new'),
  ]
  return resultOf(manifestOf(expected(before)), after)
}
