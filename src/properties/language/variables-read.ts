import type { Expression } from '../../model/language/expression.ts'
import { operandsOf } from '../../model/language/expression.ts'
import type { Property } from './property.ts'

/**
 * Names of the variables a property reads, its premise included: a reduction must not hide steps that touch them. Program counters among
 * them do no harm, since no step of a program reads another's.
 */
export function variablesRead(property: Property): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (expression: Expression): void => {
    if (expression.kind === 'read') names.add(expression.variable)
    for (const operand of operandsOf(expression)) visit(operand)
  }
  for (const formula of formulasOf(property)) visit(formula)
  return names
}

/** What a property says, its premise last if it has one. */
export function formulasOf(property: Property): readonly Expression[] {
  const premise = property.premise === undefined ? [] : [property.premise]
  switch (property.kind) {
    case 'invariant':
      return [property.holds, ...premise]
    case 'forbidden-transition':
      return [property.forbids, ...premise]
    case 'reachable':
    case 'can-always-reach':
      return [property.goal, ...premise]
    case 'no-deadlock':
      return premise
  }
}
