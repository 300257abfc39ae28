import { describe, expect, it } from 'vitest'
import {
  action,
  after,
  allocation,
  and,
  assign,
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
