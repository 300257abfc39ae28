import type { Expression, Read } from '../model/language/expression.ts'
import { elementCount } from '../model/language/state.ts'
import { commentText } from './comment-text.ts'
import { conjunctsOf, operandOf, textOf } from './expression-text.ts'
import type { Identifiers } from './identifiers.ts'
import { intervalOf, valuesOf } from './interval.ts'
import { endEach } from './lines.ts'
import type { OrderedAssignment } from './order-assignments.ts'
import type { ForbiddenHere, PreparedAction, PreparedModel } from './prepare.ts'
import { allocationNames } from './promela-allocation.ts'
import { promelaStyle } from './promela-style.ts'
import { isTrue } from './simplify.ts'
import { unroll } from './unroll.ts'

const quantifiers = ['exists', 'forAll', 'count'] as const

/** One alternative of the process: a guard, what would be an error of the model, the assignments, and what the action must not do. */
export function promelaAction(prepared: PreparedAction, model: PreparedModel, names: Identifiers): readonly string[] {
  const style = promelaStyle(model, names)
  const guard = isTrue(prepared.guard) ? ['true'] : conjunctsOf(unroll(prepared.guard, quantifiers), style)
  const statements = [
    ...prepared.fresh.flatMap(({ references, demand }) => {
      const { find, fresh } = allocationNames(names, references)
      const isLeft = `${fresh} != ${names.of('own', 'none')}`
      return [`${find}()`, isTrue(demand) ? `assert(${isLeft})` : `assert(!(${textOf(unroll(demand, quantifiers), style)}) || ${isLeft})`]
    }),
    ...prepared.clashes.map((clash) => `assert(!(${textOf(unroll(clash, quantifiers), style)}))`),
    ...prepared.forbidden.filter(({ speaksOfAfter }) => !speaksOfAfter).map((each) => forbid(each, model, names)),
    ...prepared.assignments.flatMap((assignment, i) => keep(assignment, i, model, names)),
    ...prepared.assignments.flatMap((assignment) => fits(assignment, model, names)),
    ...copies(prepared, model, names),
    ...prepared.assignments.map((assignment, i) => assign(assignment, i, model, names)),
    ...checksAfter(prepared, model, names),
  ]
  return [
    `/* ${commentText(prepared.action.name)} */`,
    ':: d_step {',
    ...guard.map((conjunct, i) => `     ${conjunct}${i === guard.length - 1 ? ' ->' : ' &&'}`),
    ...endEach(statements.length === 0 ? ['skip'] : statements, ';').map((line) => `     ${line}`),
    '   }',
  ]
}

function forbid({ property, condition, speaksOfAfter, copied }: ForbiddenHere, model: PreparedModel, names: Identifiers): string {
  const style = promelaStyle(model, names, speaksOfAfter ? copied : [])
  const text = textOf(unroll(condition, quantifiers), style)
  const violated = `assert(${names.of('property', property.name)})`
  return isTrue(condition) ? violated : `if :: (${text}) -> ${violated} :: else fi`
}

function keep(
  { value, target, valueIsKept, indicesAreKept }: OrderedAssignment,
  i: number,
  model: PreparedModel,
  names: Identifiers,
): readonly string[] {
  const style = promelaStyle(model, names)
  const text = (expression: Expression): string => textOf(unroll(expression, quantifiers), style)
  return [
    ...(valueIsKept ? [`${names.of('kept value', `kept value ${i + 1}`)} = ${text(value)}`] : []),
    ...(indicesAreKept
      ? target.indices.map((index, k) => `${names.of('kept index', `kept index ${i + 1} ${k + 1}`)} = ${text(index)}`)
      : []),
  ]
}

/** The value must be in the domain of what it is assigned to; nothing where the domains already say so. */
function fits({ target, value }: OrderedAssignment, model: PreparedModel, names: Identifiers): readonly string[] {
  const declared = model.variables.get(target.variable)
  if (declared === undefined) return []
  const [possible, allowed] = [intervalOf(value, model.variables), valuesOf(declared.domain)]
  const text = operandOf(unroll(value, quantifiers), promelaStyle(model, names))
  const sides = [
    ...(possible.lowest < allowed.lowest ? [`${allowed.lowest} <= ${text}`] : []),
    ...(possible.highest > allowed.highest ? [`${text} <= ${allowed.highest}`] : []),
  ]
  return sides.length === 0 ? [] : [`assert(${sides.join(' && ')})`]
}

function copies({ forbidden }: PreparedAction, model: PreparedModel, names: Identifiers): readonly string[] {
  const copied = new Set(forbidden.flatMap((each) => (each.speaksOfAfter ? each.copied : [])))
  return model.system.variables
    .filter(({ name }) => copied.has(name))
    .flatMap(({ name, indexedBy }) => {
      const [copy, own] = [names.of('copy', `before ${name}`), names.of('variable', name)]
      if (indexedBy.length === 0) return [`${copy} = ${own}`]
      return Array.from({ length: elementCount(indexedBy) }, (_, element) => `${copy}[${element}] = ${own}[${element}]`)
    })
}

function assign(
  { target, value, valueIsKept, indicesAreKept }: OrderedAssignment,
  i: number,
  model: PreparedModel,
  names: Identifiers,
): string {
  const style = promelaStyle(model, names)
  const place = indicesAreKept
    ? style.read(
        target,
        target.indices.map((_, k) => names.of('kept index', `kept index ${i + 1} ${k + 1}`)),
        'now',
      )
    : placeText(target, model, names)
  return `${place} = ${valueIsKept ? names.of('kept value', `kept value ${i + 1}`) : textOf(unroll(value, quantifiers), style)}`
}

function placeText(target: Read, model: PreparedModel, names: Identifiers): string {
  return textOf({ ...target, indices: target.indices.map((index) => unroll(index, quantifiers)) }, promelaStyle(model, names))
}

/** What speaks of the state after the transition needs the forgotten identities collected. */
function checksAfter({ forbidden }: PreparedAction, model: PreparedModel, names: Identifiers): readonly string[] {
  const checks = forbidden.filter(({ speaksOfAfter }) => speaksOfAfter)
  if (checks.length === 0) return []
  const collect = model.references.length === 0 ? [] : [`${names.of('own', 'collect forgotten')}()`]
  return [...collect, ...checks.map((each) => forbid(each, model, names))]
}
