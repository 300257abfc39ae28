import type { Diagnostic } from '../foundation/diagnostic.ts'
import type { Expression } from '../model/language/expression.ts'
import { operandsOf } from '../model/language/expression.ts'
import type { Interval } from './interval.ts'
import { intervalOf, isWithin } from './interval.ts'
import type { PreparedModel } from './prepare.ts'
import { isUnwritable } from './promela-declarations.ts'

/** What an `int` of SPIN and a number of TLC can hold; the same limit is kept for every target. */
const largest: Interval = Object.freeze({ lowest: -(2 ** 31) + 1, highest: 2 ** 31 - 1 })

/** A diagnostic for each action or property in which a number may pass what a target counts with: it would wrap there, and does not here. */
export function numbersTooLarge(model: PreparedModel, target: string): readonly Diagnostic[] {
  const isTooLarge = (expression: Expression): boolean =>
    !isWithin(intervalOf(expression, model.variables), largest) || operandsOf(expression).some(isTooLarge)
  const places: readonly (readonly [string, readonly Expression[]])[] = [
    ...model.actions.map(({ action, guard, assignments, forbidden }): readonly [string, readonly Expression[]] => [
      `action ${action.name}`,
      [guard, ...assignments.flatMap(({ target: place, value }) => [place, value]), ...forbidden.map(({ condition }) => condition)],
    ]),
    ...model.invariants.map(({ property, holds }): readonly [string, readonly Expression[]] => [`property ${property.name}`, [holds]]),
    ['final', [model.final]],
    ...model.references.map(({ allocation }): readonly [string, readonly Expression[]] => ['allocation', [allocation.reusable]]),
  ]
  return places
    .filter(([, expressions]) => expressions.some(isTooLarge))
    .map(([place]) => ({
      code: 'MC801',
      message: `a number in it may pass ${largest.highest}, which ${target} cannot count to`,
      hint: 'Make the range smaller, or keep to gilproof check.',
      place: [place],
    }))
}

/** A diagnostic for each variable that Promela cannot begin with. */
export function unwritableBeginnings(model: PreparedModel): readonly Diagnostic[] {
  return model.system.variables.filter(isUnwritable).map(({ name }) => ({
    code: 'MC801',
    message:
      'its elements begin unlike, with a negative one among them, and need more than 16 bits, for which Promela has no initial value',
    hint: 'Begin alike for all, make the range smaller, or choose another target.',
    place: [`variable ${name}`],
  }))
}
