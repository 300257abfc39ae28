import { describe, expect, it } from 'vitest'
import { validateSystem } from '../../../src/model/language/validate.ts'
import { toyCheck } from '../../oracle/toy-checker.ts'
import { toyOrbits } from '../../oracle/toy-orbits.ts'
import { smallSystems } from '../../support/systems.ts'

/** States, transitions, depth, deadlocks. */
const expected = {
  // By hand: 0, 1, 2, 3, in a row.
  counter: [4, 3, 3, 0],
  // By hand: 0, 1, 2, and a third transition that goes wrong.
  overflowingCounter: [3, 3, 2, 0],
  // By hand: free, left has it, right has it; two ways in, two ways out.
  mutex: [3, 4, 1, 0],
  // From the toy checker.
  brokenMutex: [13, 24, 6, 0],
  // By hand, forks as (first, second): --, 1-, -2, 11, 22, and 12, where both wait for ever.
  twoPhilosophers: [6, 8, 2, 1],
  // From the toy checker.
  threePhilosophers: [14, 27, 3, 1],
  // By hand: pairs (made, taken) with made at most 3 and at most 2 more than taken: 1 + 2 + 3 + 3.
  producerAndConsumer: [9, 10, 6, 0],
  // By hand: three phases of two threads without "both attached"; the owner of the GIL follows from the phases.
  tinyGil: [8, 12, 3, 0],
  // From the toy checker.
  pool: [17, 34, 5, 0],
  // From the toy checker.
  interpretersWithThreadStates: [433, 1398, 17, 0],
} as const satisfies Record<keyof typeof smallSystems, readonly number[]>

describe('the small systems', () => {
  it.each(Object.entries(expected))('%s has the states, transitions, depth and deadlocks known of it', (name, counts) => {
    const { states, transitions, depth, deadlocks } = toyCheck(smallSystems[name as keyof typeof smallSystems])
    expect([states.size, transitions, depth, deadlocks]).toEqual(counts)
  })

  it.each(Object.values(smallSystems))('$name is valid', (system) => {
    expect(validateSystem(system)).toEqual({ ok: true, value: system })
  })

  it('pool has 9 states up to the names of its cells', () => {
    // By hand: each of two threads holds none, an unused, or a used cell.
    expect(toyOrbits(smallSystems.pool, toyCheck(smallSystems.pool).states)).toBe(9)
  })

  it('interpreters with thread states has 48 states up to names', () => {
    // By hand: no newest interpreter, or one that is started or not; each of two places holds no thread state, one of main, or one of
    // another interpreter that is started or not: 3 * 4 * 4.
    const system = smallSystems.interpretersWithThreadStates
    expect(toyOrbits(system, toyCheck(system).states)).toBe(48)
  })

  it('go wrong in a run where they should', () => {
    expect(toyCheck(smallSystems.overflowingCounter).error).toEqual({ code: 'MC110', place: 'tick' })
    const others = Object.values(smallSystems).filter((system) => system !== smallSystems.overflowingCounter)
    expect(others.flatMap((system) => toyCheck(system).error ?? [])).toEqual([])
  })
})
