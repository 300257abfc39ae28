import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareWithManifest, outcomeOf } from '../../src/gate/compare-cells.ts'
import type { GateResult } from '../../src/gate/gate-result.ts'
import type { ShardResult } from '../../src/gate/merge-results.ts'
import { mergeResults } from '../../src/gate/merge-results.ts'
import { resultDocument } from '../../src/gate/result-document.ts'
import { itemsOfShard, parseShard } from '../../src/gate/shard.ts'
import { expected, holds, manifestOf, resultOf, violated } from './sample.ts'

describe('a shard', () => {
  it('has what no other has, and all have everything, equally much', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: 1, max: 9 }), (count, of) => {
        const items = Array.from({ length: count }, (_, i) => i)
        const parts = Array.from({ length: of }, (_, i) => itemsOfShard(items, { index: i + 1, of }))
        expect(parts.flat().sort((left, right) => left - right)).toEqual(items)
        const sizes = parts.map((part) => part.length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it.each(['0/2', '3/2', '1', '1/0', '1/2/3', '-1/2', 'a/b', '1/1001', ''])('is not "%s"', (written) => {
    expect(parseShard(written)).toBeUndefined()
  })
})

const before = [holds('a'), violated('b', ['x', 'y']), holds('c'), violated('d', ['x'])]
const after = [violated('a', ['new']), violated('b', ['x', 'y']), holds('c'), violated('d', ['another'])]
const manifest = manifestOf(expected(before))
const whole = resultOf(manifest, after)
const input = { manifest, path: whole.manifest.path, digest: whole.manifest.digest, strictTraces: false }

/** As the command line makes them: what is as expected is told no further. */
function shards(of: number, result: GateResult = whole): readonly ShardResult[] {
  return Array.from({ length: of }, (_, i) => {
    const shard = { index: i + 1, of }
    const found = itemsOfShard(result.found, shard)
    const comparison = compareWithManifest(itemsOfShard(manifest.cells, shard), found)
    const outcome = outcomeOf(comparison, result)
    return { path: `${i + 1}.json`, document: resultDocument({ ...result, shard, found, comparison, outcome }) }
  })
}

function messages(results: readonly ShardResult[]): readonly string[] {
  const merged = mergeResults(results, input)
  return merged.ok ? [] : merged.diagnostics.map(({ code, place, message }) => `${code} ${place.join()} ${message}`)
}

describe('merged shards', () => {
  it.each([1, 2, 3, 4])('say what one run of everything says: %i', (of) => {
    const merged = mergeResults([...shards(of)].reverse(), input)
    expect(merged.ok && resultDocument(merged.value)).toEqual(resultDocument(whole))
  })

  it('must be complete, each once', () => {
    const [first, second, third] = shards(3)
    expect(messages([first, third].flatMap((each) => each ?? []))).toEqual(['MC612 --merge shard 2/3 is missing'])
    expect(messages([first, second, second, third].flatMap((each) => each ?? []))).toEqual([
      'MC612 2.json,2.json shard 2/3 is there 2 times',
    ])
    expect(messages([])).toHaveLength(1)
  })

  it('must be of this manifest, of one version and of one division', () => {
    const [first, second] = shards(2)
    if (first === undefined || second === undefined) throw new Error('two shards were made')
    const other = { ...second, document: { ...second.document, manifest: { ...second.document.manifest, digest: 'other' } } }
    const later = { ...second, document: { ...second.document, engine: 'another' } }
    const { shard: _, ...unsharded } = second.document
    expect(messages([first, other])).toEqual([expect.stringContaining('another manifest')])
    expect(messages([first, later])).toEqual([expect.stringContaining('another version')])
    expect(messages([first, { ...second, document: unsharded }])).toEqual([expect.stringContaining('a whole run')])
    expect(messages([first, ...shards(3).slice(1)])).toEqual([expect.stringContaining('2/3'), expect.stringContaining('3/3')])
  })

  it('fail where a shard leaves out cells that it should have', () => {
    const [only] = shards(1)
    if (only === undefined) throw new Error('a shard was made')
    const merged = mergeResults([{ ...only, document: { ...only.document, scenarios: [], changes: [] } }], input)
    expect(merged.ok && merged.value.outcome).toBe('changed')
  })
})
