import type { Expression, Read } from '../model/language/expression.ts'
import { commentText } from './comment-text.ts'
import { conjunctsOf, textOf } from './expression-text.ts'
import type { Identifiers } from './identifiers.ts'
import { intervalOf, isWithin, membersOf } from './interval.ts'
import type { PreparedAction, PreparedModel } from './prepare.ts'
import { isTrue } from './simplify.ts'
import { quotable } from './tla-allocation.ts'
import { memberSet, tlaStyle } from './tla-style.ts'

/** One operator for each action: a guard, what would be an error of the model, the next state, and what the action must not do. */
export function tlaAction(prepared: PreparedAction, model: PreparedModel, names: Identifiers): readonly string[] {
  const style = tlaStyle(names)
  const conjuncts = [
    ...(isTrue(prepared.guard) ? [] : guardLines(prepared.guard, names)),
    ...prepared.assignments.flatMap(({ target }) => indexChecks(target, model, names)),
    ...prepared.clashes.map((clash) => `Assert(~(${textOf(clash, style)}), "an element is assigned twice at once")`),
    ...prepared.forbidden.filter(({ speaksOfAfter }) => !speaksOfAfter).map((each) => assertion(each.condition, each.property.name, names)),
    ...nextState(prepared, model, names),
    ...prepared.forbidden.filter(({ speaksOfAfter }) => speaksOfAfter).map((each) => assertion(each.condition, each.property.name, names)),
  ]
  return [
    `\\* ${commentText(prepared.action.name)}`,
    `${names.of('action', prepared.action.name)} ==`,
    ...conjuncts.map((conjunct) => (conjunct.startsWith(' ') ? conjunct : `  /\\ ${conjunct}`)),
  ]
}

/** TLC would take a disjunction or a choice in an action apart and look at all of it, so those are asked for as values. */
function guardLines(guard: Expression, names: Identifiers): readonly string[] {
  const operands = guard.kind === 'and' ? guard.operands : [guard]
  const texts = conjunctsOf(guard, tlaStyle(names))
  return operands.map((operand, i) => {
    const text = texts[i] ?? 'TRUE'
    return operand.kind === 'or' || operand.kind === 'exists' ? `TRUE = ${text.startsWith('(') ? text : `(${text})`}` : text
  })
}

/** TLC passes over a change at an index that a function does not have. */
function indexChecks(target: Read, model: PreparedModel, names: Identifiers): readonly string[] {
  const indexedBy = model.variables.get(target.variable)?.indexedBy ?? []
  return target.indices.flatMap((index, i) => {
    const domain = indexedBy[i]
    if (domain === undefined || isWithin(intervalOf(index, model.variables), membersOf(domain))) return []
    return [`Assert(${textOf(index, tlaStyle(names))} \\in ${memberSet(domain, names)}, "an index is outside its domain")`]
  })
}

function assertion(condition: Expression, property: string, names: Identifiers): string {
  const text = isTrue(condition) ? 'FALSE' : `~(${textOf(condition, tlaStyle(names))})`
  return `Assert(${text}, "${quotable(property)}")`
}

function nextState({ action }: PreparedAction, model: PreparedModel, names: Identifiers): readonly string[] {
  const style = tlaStyle(names)
  const [open, close] = model.references.length === 0 ? ['', ''] : ['Collected(', ')']
  if (action.assignments.length === 0) return [`state' = ${open}state${close}`]
  const changes = action.assignments.map(({ target, value }) => {
    const path = `!.${names.of('variable', target.variable)}${target.indices.map((index) => `[${textOf(index, style)}]`).join('')}`
    return `${path} = ${textOf(value, style)}`
  })
  return [`state' = ${open}[state EXCEPT`, ...changes.map((change, i) => `       ${change}${i === changes.length - 1 ? `]${close}` : ','}`)]
}
