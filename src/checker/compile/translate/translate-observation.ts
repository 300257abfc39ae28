import type { Expression } from '../../../model/language/expression.ts'
import type { TransitionSystem } from '../../../model/language/transition-system.ts'
import type { Property } from '../../../properties/language/property.ts'
import type { SlotTable } from './slots.ts'
import type { Term } from './term.ts'
import { constantCondition, negation } from './term.ts'
import { speaksOfTransition } from './transition-formulas.ts'
import { plainScope, translateCondition } from './translate-expression.ts'

/** Conditions on a state; per property for `found` and `premises`, as `StateObservation` has them. */
export interface ObservationForms {
  readonly found: readonly Term[]
  readonly premises: readonly Term[]
  readonly isFinal: Term
}

export function translateObservation(system: TransitionSystem, properties: readonly Property[], slots: SlotTable): ObservationForms {
  const translate = (expression: Expression): Term => translateCondition(expression, plainScope(slots))
  const found = properties.map((property) => {
    if (property.kind === 'invariant') return negation(translate(property.holds))
    return property.kind === 'reachable' || property.kind === 'can-always-reach' ? translate(property.goal) : constantCondition(false)
  })
  const premises = properties.map(({ premise }) =>
    premise === undefined || speaksOfTransition(premise) ? constantCondition(false) : translate(premise),
  )
  return { found, premises, isFinal: translate(system.final) }
}
