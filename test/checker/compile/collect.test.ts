import { describe, expect, it } from 'vitest'
import {
  action,
  after,
  allocation,
  and,
  assign,
  equal,
  exists,
  fresh,
  isNone,
  literal,
  none,
  not,
  truth,
  variable,
} from '../../../src/model/language/builder.ts'
import { boolean, orNone, scalarset } from '../../../src/model/language/domain.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import type { Property } from '../../../src/properties/language/property.ts'
import { expectSameBehaviour } from './explore-compiled.ts'

const owner = scalarset('owner', { interchangeable: 2 })
const thing = scalarset('thing', { interchangeable: 2 })
const current = variable('current', orNone(owner))
const newest = variable('newest', orNone(thing))
const property = variable('property', orNone(thing), { indexedBy: [owner] })
const mark = variable('mark', boolean, { indexedBy: [thing] })
const isOwning = not(isNone(property.at(current.at()), thing))

/** An owner gets a thing and marks it. Things are declared first, so that forgetting the owner is what makes its thing forgotten. */
const system: TransitionSystem = {
  name: 'owners of things',
  processes: ['process'],
  variables: [current, newest, property, mark].map(({ declaration }) => declaration),
  actions: [
    action('new owner', { when: isNone(current.at(), owner), assign: [assign(current.at(), fresh(owner))] }),
    action('new thing', { when: isNone(newest.at(), thing), assign: [assign(newest.at(), fresh(thing))] }),
    action('own', {
      when: and(not(isNone(current.at(), owner)), not(isNone(newest.at(), thing))),
      assign: [assign(property.at(current.at()), newest.at()), assign(newest.at(), none(thing))],
    }),
    action('mark', {
      when: and(not(isNone(current.at(), owner)), isOwning),
      assign: [assign(mark.at(property.at(current.at())), truth)],
    }),
    action('forget', { when: not(isNone(current.at(), owner)), assign: [assign(current.at(), none(owner))] }),
  ],
  final: truth,
  allocations: [allocation(thing, () => truth), allocation(owner, () => truth)],
}

const losesItsMark: Property = {
  kind: 'forbidden-transition',
  name: 'loses-its-mark',
  says: 'A mark stays.',
  forbids: exists('each', thing, (each) => and(mark.at(each), not(after(mark.at(each))))),
}

describe('collection of forgotten identities', () => {
  it('goes on until nothing more is forgotten', () => {
    expectSameBehaviour(system, [], false)
    expectSameBehaviour(system, [], true)
  })

  it('goes on within one allocation whose members pin each other', () => {
    const cell = scalarset('cell', { interchangeable: 2 })
    const held = variable('held', orNone(cell))
    const pin = variable('pin', orNone(cell), { indexedBy: [cell] })
    const used = variable('used', boolean, { indexedBy: [cell] })
    const isHeld = not(isNone(held.at(), cell))
    const pinning: TransitionSystem = {
      ...system,
      variables: [held, pin, used].map(({ declaration }) => declaration),
      actions: [
        action('take', { when: isNone(held.at(), cell), assign: [assign(held.at(), fresh(cell))] }),
        action('pin', {
          when: and(isHeld, isNone(pin.at(held.at()), cell)),
          assign: [assign(pin.at(held.at()), fresh(cell))],
        }),
        action('use the pinned one', {
          when: and(isHeld, not(isNone(pin.at(held.at()), cell))),
          assign: [assign(used.at(pin.at(held.at())), truth)],
        }),
        action('drop', { when: isHeld, assign: [assign(held.at(), none(cell))] }),
      ],
      // What any cell pins is kept, even if nothing refers to the cell that pins it.
      allocations: [allocation(cell, (each) => not(exists('other', cell, (other) => equal(pin.at(other), each))))],
    }
    expectSameBehaviour(pinning, [], false)
    expectSameBehaviour(pinning, [], true)
  })

  it('is part of the transition that formulas speak of', () => {
    expect(expectSameBehaviour(system, [losesItsMark], false).violated).toEqual(['loses-its-mark'])
  })

  it('is asked for by every action where whether a member is reusable may itself go wrong', () => {
    const isMarked = mark.at(newest.at())
    const failing: TransitionSystem = {
      ...system,
      actions: [action('nothing', {})],
      allocations: [allocation(thing, () => not(isMarked)), allocation(owner, () => literal(boolean, 1))],
    }
    expect(expectSameBehaviour(failing, [], false).error?.code).toBe('MC111')
  })
})
