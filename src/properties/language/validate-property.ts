import { match } from 'ts-pattern'
import type { Diagnostic } from '../../foundation/diagnostic.ts'
import type { Expression } from '../../model/language/expression.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import { checkFormula } from '../../model/language/validate-expression.ts'
import { checkDomain, scopeOf, within } from '../../model/language/validation-scope.ts'
import type { Property } from './property.ts'

/**
 * Everything wrong with a property of a valid system; empty if nothing is. A transition formula may speak of an event that no action
 * declares: such a property holds, and its premise tells that it was never exercised.
 */
export function validateProperty(system: TransitionSystem, property: Property): readonly Diagnostic[] {
  const scope = scopeOf(system, [`system ${system.name}`, `property ${property.name}`])
  for (const variable of system.variables) {
    for (const domain of [variable.domain, ...variable.indexedBy]) checkDomain(domain, { ...scope, diagnostics: [] })
  }
  const stateFormula = (part: string, formula: Expression): void => checkFormula(formula, within(scope, part))
  const transitionFormula = (part: string, formula: Expression): void =>
    checkFormula(formula, { ...within(scope, part), maySpeakOfTransitions: true })
  match(property)
    .with({ kind: 'invariant' }, ({ holds }) => stateFormula('holds', holds))
    .with({ kind: 'forbidden-transition' }, ({ forbids }) => transitionFormula('forbids', forbids))
    .with({ kind: 'reachable' }, { kind: 'can-always-reach' }, ({ goal }) => stateFormula('goal', goal))
    .with({ kind: 'no-deadlock' }, () => undefined)
    .exhaustive()
  if (property.premise !== undefined) transitionFormula('premise', property.premise)
  return scope.diagnostics
}
