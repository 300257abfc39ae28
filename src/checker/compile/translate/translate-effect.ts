import type { Action } from '../../../model/language/action.ts'
import type { Form } from './form.ts'
import type { Location } from './locate.ts'
import type { PlacedVariable } from './slots.ts'
import { placedVariable } from './slots.ts'
import type { Term } from './term.ts'
import type { Scope } from './translate-expression.ts'
import { translateLocation, translateValue } from './translate-expression.ts'

/**
 * What an action does to a copy of the state, in any order: everything is read in the state before. A `define` gives a slot a name, for the
 * statements after it.
 */
export type Statement =
  | { readonly kind: 'define'; readonly local: string; readonly value: Form }
  | { readonly kind: 'fail if'; readonly condition: Form }
  | { readonly kind: 'write'; readonly slot: Form; readonly value: Form; readonly of: PlacedVariable }

interface Target {
  readonly variable: string
  readonly location: Location
  /** The slot, or the name that was given to it. */
  readonly slot: Form
}

/** Carries out the assignments of an action. */
export function translateEffect(action: Action, scope: Scope): readonly Statement[] {
  const targets: Target[] = []
  const statements: Statement[] = []
  for (const { target, value } of action.assignments) {
    const location = translateLocation(target, scope)
    const rivals = targets.filter((other) => other.variable === target.variable && mayMeet(other.location, location))
    const isShared = location.slot === undefined && countOf(action, target.variable) > 1
    const slot: Form = isShared ? { kind: 'local', name: `slot${targets.length}` } : location.form
    if (slot.kind === 'local') statements.push({ kind: 'define', local: slot.name, value: location.form })
    for (const rival of rivals) statements.push(meeting(rival, slot, location))
    const placed = placedVariable(scope.slots, target.variable)
    statements.push({ kind: 'write', slot, value: checked(translateValue(value, scope), placed), of: placed })
    targets.push({ variable: target.variable, location, slot })
  }
  return statements
}

function countOf(action: Action, variable: string): number {
  return action.assignments.filter(({ target }) => target.variable === variable).length
}

function mayMeet(one: Location, other: Location): boolean {
  return one.slot === undefined || other.slot === undefined || one.slot === other.slot
}

function meeting(rival: Target, slot: Form, location: Location): Statement {
  const areKnown = rival.location.slot !== undefined && location.slot !== undefined
  return { kind: 'fail if', condition: areKnown ? { kind: 'truth', holds: true } : { kind: 'equal', left: rival.slot, right: slot } }
}

/** The value, checked to be in the domain of its target unless that is known. */
function checked(value: Term, { lowest, highest }: PlacedVariable): Form {
  if (value.lowest >= lowest && value.highest <= highest) return value.form
  return { kind: 'inDomain', value: value.form, lowest, highest }
}
