import { describe, expect, it } from 'vitest'
import { compareWithManifest, outcomeOf } from '../../src/gate/compare-cells.ts'
import type { FoundCell } from '../../src/gate/found-cell.ts'
import { cell, everyChange, expected, holds, undecided, violated } from './sample.ts'

const lax = { strictTraces: false }
const neverExercised: FoundCell = { cell: cell('a'), verdict: 'never-exercised' }

function compare(before: readonly FoundCell[], after: readonly FoundCell[]) {
  const comparison = compareWithManifest(expected(before), after)
  return { kinds: comparison.changes.map(({ kind }) => kind), outcome: outcomeOf(comparison, lax) }
}

describe('a verdict beside the expected one', () => {
  it.each([
    ['is as expected when it is the same', [holds('a')], [holds('a')], [], 'as-expected'],
    ['fails when a promise is newly broken', [holds('a')], [violated('a', ['x'])], ['new-violation'], 'changed'],
    ['fails when a broken promise is kept again', [violated('a', ['x'])], [holds('a')], ['repaired'], 'changed'],
    ['fails when it is exercised no more', [holds('a')], [neverExercised], ['holds-otherwise'], 'changed'],
    ['fails when it is exercised at last', [neverExercised], [holds('a')], ['holds-otherwise'], 'changed'],
    ['fails when it is decided at last', [undecided('a')], [holds('a')], ['holds-otherwise'], 'changed'],
    ['fails when what was undecided is violated', [undecided('a')], [violated('a', ['x'])], ['new-violation'], 'changed'],
    ['is undecided when it was decided before', [violated('a', ['x'])], [undecided('a')], ['undecided'], 'undecided'],
    ['is as expected when undecided was expected', [undecided('a')], [undecided('a')], [], 'as-expected'],
    ['is undecided when it was left out, whatever was expected', [undecided('a')], [undecided('a', true)], ['undecided'], 'undecided'],
    ['fails when nothing is expected', [], [holds('a')], ['missing'], 'changed'],
    ['fails when nothing was judged', [holds('a')], [], ['surplus'], 'changed'],
    ['does not fail for another trace alone', [violated('a', ['x'])], [violated('a', ['y'])], ['trace-changed'], 'as-expected'],
    [
      'fails for a change beside an undecided cell',
      [holds('a'), holds('b')],
      [undecided('a'), violated('b', ['x'])],
      ['new-violation', 'undecided'],
      'changed',
    ],
  ] as const)('%s', (_, before, after, kinds, outcome) => {
    expect(compare(before, after)).toEqual({ kinds, outcome })
  })

  it('fails for another trace when traces are strict', () => {
    const comparison = compareWithManifest(expected([violated('a', ['x'])]), [violated('a', ['y'])])
    expect(outcomeOf(comparison, { strictTraces: true })).toBe('changed')
  })

  it('is told with the gravest changes first', () => {
    const kinds = everyChange().comparison.changes.map(({ kind }) => kind)
    expect(kinds).toEqual(['new-violation', 'repaired', 'holds-otherwise', 'missing', 'surplus', 'undecided', 'trace-changed'])
  })

  it('counts accepted violations without a reason', () => {
    const cells = [...expected([violated('a', ['x'])], ' '), ...expected([violated('b', ['x'])]), ...expected([holds('c')])]
    expect(compareWithManifest(cells, []).withoutReason).toBe(1)
  })
})
