import type { Action, Assignment } from '../../model/language/action.ts'
import { Code, code } from './code.ts'
import type { Scope, StateAccess } from './generate-expression.ts'
import { generateElement, generateLocation, generateValue } from './generate-expression.ts'
import type { Location } from './locate.ts'
import { placedVariable } from './slots.ts'
import type { Term } from './term.ts'

interface Target {
  readonly variable: string
  readonly location: Location
  /** The slot, or the name of a constant that has it. */
  readonly slot: Code
}

/**
 * Statements that carry out the assignments of an action. Everything is read in `scope.state` and written to `successor`, a copy of it, so
 * the order of statements does not matter.
 */
export function generateEffect(action: Action, scope: Scope, successor: StateAccess): readonly Code[] {
  const targets: Target[] = []
  const statements: Code[] = []
  for (const { target, value } of action.assignments) {
    const location = generateLocation(target, scope)
    const rivals = targets.filter((other) => other.variable === target.variable && mayMeet(other.location, location))
    const isShared = location.slot === undefined && countOf(action, target.variable) > 1
    const slot = isShared ? Code.name(`slot${targets.length}`) : location.code
    if (isShared) statements.push(code`const ${slot} = ${location.code}`)
    for (const rival of rivals) statements.push(meeting(rival, slot, location))
    const checked = generateChecked(generateValue(value, scope), target, scope)
    statements.push(code`${generateElement(successor, slot)} = ${checked}`)
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

function meeting(rival: Target, slot: Code, location: Location): Code {
  return rival.location.slot !== undefined && location.slot !== undefined ? code`fail()` : code`if (${rival.slot} === ${slot}) fail()`
}

/** The value, checked to be in the domain of its target unless that is known. */
function generateChecked(value: Term, target: Assignment['target'], scope: Scope): Code {
  const { lowest, highest } = placedVariable(scope.slots, target.variable)
  if (value.lowest >= lowest && value.highest <= highest) return value.code
  return code`inDomain(${value.code}, ${lowest}, ${highest})`
}
