import type fc from 'fast-check'
import { scalarset } from '../../src/model/language/domain.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { Property } from '../../src/properties/language/property.ts'
import type { Choices } from './choices.ts'
import { decoded } from './choices.ts'
import type { TermScope } from './random-terms.ts'
import { randomFormula } from './random-terms.ts'
import { eventNames, randomSystem } from './transition-system.ts'

export interface CheckedSystem {
  readonly system: TransitionSystem
  readonly properties: readonly Property[]
}

/** A random system with one property of each kind, in this order; about half of the first three have a premise. */
export function systemsWithProperties(): fc.Arbitrary<CheckedSystem> {
  return decoded(randomCheckedSystem)
}

export function randomCheckedSystem(choices: Choices): CheckedSystem {
  const { system, scope } = randomSystem(choices)
  const processes = scalarset('thread', { interchangeable: 2 })
  const transition: TermScope = { ...scope, transition: { processes, events: eventNames } }
  const premise = (): Pick<Property, 'premise'> =>
    choices.chance(50) ? { premise: randomFormula(choices.chance(50) ? transition : scope, 1) } : {}
  const says = 'random'
  const properties: readonly Property[] = [
    { kind: 'invariant', name: 'invariant', says, holds: randomFormula(scope, 2), ...premise() },
    { kind: 'forbidden-transition', name: 'forbidden', says, forbids: randomFormula(transition, 2), ...premise() },
    { kind: 'reachable', name: 'reachable', says, goal: randomFormula(scope, 2), ...premise() },
    { kind: 'no-deadlock', name: 'no deadlock', says },
    { kind: 'can-always-reach', name: 'can always reach', says, goal: randomFormula(scope, 2) },
  ]
  return { system, properties }
}
