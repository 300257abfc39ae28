import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareWithManifest, outcomeOf } from '../../src/gate/compare-cells.ts'
import type { FoundCell } from '../../src/gate/found-cell.ts'
import { compareCells } from '../../src/gate/found-cell.ts'
import type { Manifest } from '../../src/gate/manifest.ts'
import { manifestLines, manifestText } from '../../src/gate/manifest-text.ts'
import { readManifest } from '../../src/gate/read-manifest.ts'
import { notRecordable, updateManifest } from '../../src/gate/update-manifest.ts'
import { cell, expected, holds, manifestOf, undecided, violated } from './sample.ts'

const name = fc.stringMatching(/^[a-z][a-z.-]{0,5}$/)
const text = fc.string({ unit: 'binary', maxLength: 12 })
const found: fc.Arbitrary<readonly FoundCell[]> = fc.uniqueArray(
  fc.oneof(
    fc.tuple(name, name).map(([property, client]) => holds(property, client)),
    fc.tuple(name, name, fc.array(text, { maxLength: 4 })).map(([property, client, steps]) => violated(property, steps, client)),
    name.map((property): FoundCell => ({ cell: cell(property, 'third'), verdict: 'never-exercised' })),
  ),
  { selector: (each) => JSON.stringify(each.cell), maxLength: 12 },
)
const manifest: fc.Arbitrary<Manifest> = fc.tuple(found, text).map(([cells, because]) => manifestOf(expected(cells, because)))

describe('a manifest', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(manifest, (each) => {
        expect(readManifest(manifestText(each), 'm')).toEqual({ ok: true, value: each })
      }),
    )
  })

  it('has a line for each cell, in an order that does not depend on who found it first', () => {
    const cells = expected([holds('b'), violated('c', ['x', 'y']), holds('a'), holds('a', 'another')])
    const written = manifestText(manifestOf(cells))
    expect(manifestText(manifestOf([...cells].reverse()))).toBe(written)
    const lines = written.split('\n')
    for (const [key, line] of manifestLines(manifestOf(cells))) expect(lines[line - 1]).toContain(`"${key.split('\n').at(-1)}": `)
    expect(lines.filter((line) => line.includes('"a": "holds"'))).toHaveLength(2)
  })

  it.each([
    ['no JSON', '{', 'it is no JSON'],
    ['another version', sampleText().replace('"version": 1', '"version": 2'), 'version'],
    ['a field that nobody reads', sampleText().replace('"limits"', '"limit"'), 'limit'],
    ['no verdict of ours', sampleText().replace('"holds"', '"safe"'), 'verdicts.a'],
    ['a violation without a trace', sampleText().replace('"holds"', '"violated"'), 'verdicts.a'],
    ['bounds of another form', sampleText().replaceAll('"2.2.1"', '"2.2"'), 'bounds'],
    ['a line of a trace that nobody saw', sampleText().replace('thread 1: x', 'thread 1: z'), 'fingerprint'],
    ['a fingerprint of another trace', sampleText().replace(/"fingerprint": "."?/, '"fingerprint": "0'), 'fingerprint'],
    ['an undecided cell without leave', sampleText().replace('"holds"', '{"verdict": "undecided", "because": ""}'), 'allowUndecided'],
    ['nothing that it covers', sampleText().replace(/"covers": \[[^\]]*\][^\]]*\]/, '"covers": []'), 'covers'],
  ])('with %s is refused', (_, written, says) => {
    const read = readManifest(written, 'gate.json')
    expect(read.ok).toBe(false)
    if (read.ok) return
    expect(read.diagnostics[0]).toMatchObject({ code: 'MC610', place: ['gate.json'] })
    expect(read.diagnostics.map(({ message }) => message).join('\n')).toContain(says)
  })

  it('with a scenario twice is refused', () => {
    const twice = JSON.parse(sampleText())
    twice.scenarios.push(twice.scenarios[0])
    const read = readManifest(JSON.stringify(twice), 'm')
    expect(read.ok ? [] : read.diagnostics.map(({ message }) => message)).toContainEqual(expect.stringContaining('twice'))
  })
})

function sampleText(): string {
  return manifestText(manifestOf(expected([holds('a'), violated('b', ['x', 'y'])])))
}

describe('updating a manifest', () => {
  it('makes it expect exactly what was found', () => {
    fc.assert(
      fc.property(manifest, found, (before, now) => {
        const updated = updateManifest(before, now)
        const comparison = compareWithManifest(updated.cells, now)
        expect(comparison.changes).toEqual([])
        expect(outcomeOf(comparison, { strictTraces: true })).toBe('as-expected')
        expect([...updated.cells].sort((left, right) => compareCells(left.cell, right.cell))).toEqual(updated.cells)
      }),
    )
  })

  it('keeps a reason while the verdict stays, also for another trace', () => {
    const before = manifestOf(expected([violated('a', ['x']), violated('b', ['x']), holds('c')], 'issue 7'))
    const { cells } = updateManifest(before, [violated('a', ['another']), holds('b'), violated('c', ['x'])])
    expect(cells.map(({ because }) => because)).toEqual(['issue 7', undefined, ''])
  })

  it('keeps a trace that was not told again', () => {
    const before = manifestOf(expected([violated('a', ['x', 'y'])]))
    const [same] = [violated('a', ['x', 'y'])]
    const untold = { ...same, counterexample: { replayCode: 'gp1:a', fingerprint: same.counterexample?.fingerprint ?? '' } }
    expect(updateManifest(before, [untold]).cells).toEqual(before.cells)
  })

  it('refuses what could not be decided, unless the manifest allows it, and always what was left out', () => {
    const strict = manifestOf([])
    const lenient = { ...strict, allowUndecided: true }
    const cells = [undecided('a'), undecided('b', true), holds('c')]
    expect(notRecordable(strict, cells)).toEqual(cells.slice(0, 2))
    expect(notRecordable(lenient, cells)).toEqual(cells.slice(1, 2))
  })
})
