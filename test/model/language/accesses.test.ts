import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accessesOf, slotAccessesOf, slotsRead, variablesRead } from '../../../src/model/language/accesses.ts'
import type { Action } from '../../../src/model/language/action.ts'
import { action, assign, equal, exists, literal, truth, variable } from '../../../src/model/language/builder.ts'
import { boolean, enumeration, scalarset } from '../../../src/model/language/domain.ts'
import { apply, isEnabled } from '../../../src/model/language/evaluate.ts'
import { ModelError } from '../../../src/model/language/model-error.ts'
import type { State } from '../../../src/model/language/state.ts'
import { shapeOf } from '../../../src/model/language/state.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import { transitionSystems } from '../../arbitraries/transition-system.ts'
import { toyCheck } from '../../oracle/toy-checker.ts'
import { smallSystems } from '../../support/systems.ts'

const thread = scalarset('thread', { interchangeable: 2 })
const phase = enumeration('phase', ['idle', 'busy', 'done'])
// Slots: 0 holder, 1 to 6 slot[thread][phase], 7 at.
const holder = variable('holder', thread)
const slot = variable('slot', boolean, { indexedBy: [thread, phase] })
const at = variable('at', phase)
const shape = shapeOf([holder, slot, at].map(({ declaration }) => declaration))

describe('variablesRead', () => {
  it('counts variables in indices', () => {
    expect([...variablesRead(slot.at(holder.at(), at.at()))].sort()).toEqual(['at', 'holder', 'slot'])
  })
})

describe('accessesOf', () => {
  it('reads guards, right sides, indices of targets and conditions of events, and writes targets', () => {
    const act = action('act', {
      when: equal(at.at(), literal(phase, 0)),
      assign: [assign(slot.at(holder.at(), literal(phase, 1)), truth)],
    })
    expect(accessesOf(act)).toEqual({ reads: new Set(['at', 'holder']), writes: new Set(['slot']) })
  })
})

describe('slotsRead', () => {
  it('takes one slot when all indices are literals', () => {
    expect([...slotsRead(shape, slot.at(literal(thread, 1), literal(phase, 2)))]).toEqual([6])
  })

  it('takes all members where an index is a variable, and the slot of that variable', () => {
    expect([...slotsRead(shape, slot.at(holder.at(), literal(phase, 1)))].sort()).toEqual([0, 2, 5])
  })

  it('takes all members where an index is bound', () => {
    const some = exists('each', phase, (each) => slot.at(literal(thread, 0), each))
    expect([...slotsRead(shape, some)].sort()).toEqual([1, 2, 3])
  })
})

describe('slotAccessesOf', () => {
  it('counts what a freed cell sets back, and what decides that it is free', () => {
    const system = smallSystems.pool
    const poolShape = shapeOf(system.variables)
    const [allocates] = system.actions
    // By hand: held is 0 and 1, used is 2 to 4; a fresh cell depends on all of them, and losing one resets an element of used.
    expect(allocates && slotAccessesOf(system, poolShape, allocates)).toEqual({
      reads: new Set([0, 1, 2, 3, 4]),
      writes: new Set([0, 2, 3, 4]),
    })
  })

  it('covers every slot that an action changes in a random system', () => {
    fc.assert(
      fc.property(transitionSystems(), (system) => {
        const systemShape = shapeOf(system.variables)
        const states = [...toyCheck(system).states].slice(0, 50).map((text) => JSON.parse(text) as State)
        for (const action of system.actions) {
          const { writes } = slotAccessesOf(system, systemShape, action)
          for (const state of states) {
            const next = successor(system, state, action)
            expect(next.every((value, slot) => value === state[slot] || writes.has(slot))).toBe(true)
          }
        }
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})

/** The state itself where the action is not enabled, or goes wrong. */
function successor(system: TransitionSystem, state: State, action: Action): State {
  const systemShape = shapeOf(system.variables)
  try {
    return isEnabled(system, systemShape, state, action) ? apply(system, systemShape, state, action) : state
  } catch (error) {
    if (error instanceof ModelError) return state
    throw error
  }
}
