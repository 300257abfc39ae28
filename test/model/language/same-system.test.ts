import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { systemText } from '../../../src/checker/trace/model-digest.ts'
import type { Action } from '../../../src/model/language/action.ts'
import { integer, not, truth } from '../../../src/model/language/builder.ts'
import { isSameExpression, isSameSystem } from '../../../src/model/language/same-system.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import { transitionSystems } from '../../arbitraries/transition-system.ts'
import { smallSystems } from '../../support/systems.ts'

const system = smallSystems.overflowingCounter
const [first] = system.actions

function withFirst(change: Partial<Action>): TransitionSystem {
  return { ...system, actions: system.actions.map((action) => (action === first ? { ...action, ...change } : action)) }
}

/** Equal, and no object of the one in the other. */
function copyOf(original: TransitionSystem): TransitionSystem {
  return JSON.parse(JSON.stringify(original))
}

describe('comparing systems to the letter', () => {
  it('finds a copy the same', () => {
    for (const each of Object.values(smallSystems)) expect(isSameSystem(each, copyOf(each))).toBe(true)
  })

  it('does not look at the name of the system', () => {
    expect(isSameSystem(system, { ...copyOf(system), name: 'another' })).toBe(true)
  })

  const told = { says: 'ticks', calls: ['tick'] }
  it.each<[string, TransitionSystem, TransitionSystem]>([
    ['a process', system, { ...system, processes: [...system.processes, 'one more'] }],
    ['a variable', system, { ...system, variables: system.variables.slice(1) }],
    [
      'an initial value',
      system,
      { ...system, variables: system.variables.map((one) => ({ ...one, initial: one.initial.map((n) => n + 1) })) },
    ],
    ['a role', system, { ...system, variables: system.variables.map((one) => ({ ...one, role: 'monitor' })) }],
    ['what is final', system, { ...system, final: not(system.final) }],
    ['the name of an action', system, withFirst({ name: 'another' })],
    ['who acts', system, withFirst({ process: 7 })],
    ['a guard', system, withFirst({ guard: not(first?.guard ?? truth) })],
    ['an assignment', system, withFirst({ assignments: [] })],
    ['an event', system, withFirst({ events: [{ name: 'alpha', when: truth }] })],
    [
      'when an event happens',
      withFirst({ events: [{ name: 'alpha', when: truth }] }),
      withFirst({ events: [{ name: 'alpha', when: not(truth) }] }),
    ],
    ['what readers are told', withFirst({ told: [told] }), withFirst({ told: [{ ...told, says: 'tocks' }] })],
    ['a call stack', withFirst({ told: [told] }), withFirst({ told: [{ ...told, calls: ['tock'] }] })],
    [
      'an anchor',
      withFirst({ told: [{ ...told, source: { version: '3.2', file: 'a.c', symbol: 'f' } }] }),
      withFirst({ told: [{ ...told, source: { version: '3.2', file: 'b.c', symbol: 'f' } }] }),
    ],
  ])('sees %s that differs', (_, left, right) => {
    expect(isSameSystem(left, right)).toBe(false)
  })

  it('says of two literals that they are the same whatever their domains are', () => {
    expect(isSameExpression(integer(1), { kind: 'literal', domain: { kind: 'range', min: 0, max: 9 }, value: 1 })).toBe(true)
    expect(isSameExpression(integer(1), integer(2))).toBe(false)
  })

  it('agrees with comparing texts, on random systems', () => {
    fc.assert(
      fc.property(transitionSystems(), transitionSystems(), (left, right) => {
        expect(isSameSystem(left, right)).toBe(systemText(left) === systemText(right))
        expect(isSameSystem(left, copyOf(left))).toBe(true)
      }),
    )
  })
})
