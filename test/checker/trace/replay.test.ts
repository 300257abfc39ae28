import { describe, expect, it } from 'vitest'
import { actionsTo } from '../../../src/checker/trace/rebuild.ts'
import { choicesOf, confirm, replayChoices } from '../../../src/checker/trace/replay.ts'
import { countContextSwitches, lastState, traceOf } from '../../../src/checker/trace/trace.ts'
import { smallSystems } from '../../support/systems.ts'
import { avoids, graphSystem, neverStops, neverTakes, reaches } from '../graph-system.ts'

const fork = graphSystem(3, [
  { from: 1, to: 0, process: 0 },
  { from: 0, to: 1, process: 0 },
  { from: 0, to: 2, process: 1 },
])

describe('replay of choices', () => {
  it('counts enabled actions in declaration order', () => {
    // In node 0 edges 1 and 2 are enabled, in node 1 edge 0 alone.
    const replayed = replayChoices(fork, [0, 0, 1])

    const trace = traceOf(fork, [1, 0, 2])
    expect(replayed).toEqual({ ok: true, value: trace })
    expect(choicesOf(fork, trace)).toEqual([0, 0, 1])
    expect(trace.steps.map(({ state }) => state)).toEqual([[1], [0], [2]])
    expect(trace.steps.map(({ process }) => process)).toEqual([0, 0, 1])
  })

  it('gives the initial state for no choices', () => {
    expect(replayChoices(fork, [])).toEqual({ ok: true, value: { initial: [0], steps: [] } })
  })

  it('lists the enabled actions where there is no such choice', () => {
    expect(replayChoices(fork, [0, 1])).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'MC503', message: 'choice 1 is not there; enabled are 0 edge 0', place: ['step 2'] }],
    })
    expect(replayChoices(fork, [1, 0])).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'MC503', message: 'choice 0 is not there; no action is enabled' }],
    })
  })

  it('tells where the model goes wrong', () => {
    expect(replayChoices(smallSystems.overflowingCounter, [0, 0, 0])).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'MC110', place: ['system overflowing counter', 'action tick'] }],
    })
  })
})

describe('confirming a trace', () => {
  const toOne = traceOf(fork, [1])
  const toTwo = traceOf(fork, [2])

  it('asks the last state of an invariant, a goal and a deadlock', () => {
    expect([confirm(fork, avoids(2), toTwo), confirm(fork, avoids(2), toOne)]).toEqual([true, false])
    expect([confirm(fork, reaches(1), toOne), confirm(fork, reaches(1), toTwo)]).toEqual([true, false])
    expect([confirm(fork, neverStops, toTwo), confirm(fork, neverStops, toOne)]).toEqual([true, false])
  })

  it('asks the last step of a forbidden transition', () => {
    const passing = traceOf(fork, [1, 0])
    expect(confirm(fork, neverTakes(1), toOne)).toBe(true)
    expect(confirm(fork, neverTakes(1), passing)).toBe(false)
    expect(confirm(fork, neverTakes(1), traceOf(fork, []))).toBe(false)
  })

  it('does not take a final state for a deadlock', () => {
    const stopped = traceOf(smallSystems.counter, [0, 0, 0])
    expect(lastState(stopped)).toEqual([3])
    expect(confirm(smallSystems.counter, neverStops, stopped)).toBe(false)
  })
})

describe('a trace', () => {
  it('is not made of actions that cannot be taken', () => {
    expect(() => traceOf(fork, [0])).toThrow('MC901: action edge 0 cannot be taken as step 1')
    expect(() => traceOf(fork, [9])).toThrow('MC901')
  })

  it('has a context switch where two steps in a row are of different processes', () => {
    expect(countContextSwitches(traceOf(fork, []))).toBe(0)
    expect(countContextSwitches(traceOf(fork, [1, 0, 1]))).toBe(0)
    expect(countContextSwitches(traceOf(fork, [1, 0, 2]))).toBe(1)
  })

  it('is rebuilt from predecessors however long it is', () => {
    const table = { predecessorOf: (state: number) => state - 1, actionOf: (state: number) => state * 2 }
    expect(actionsTo(table, 3)).toEqual([2, 4, 6])
    expect(actionsTo(table, 500_000)).toHaveLength(500_000)
  })
})
