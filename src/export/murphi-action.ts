import type { Expression } from '../model/language/expression.ts'
import { commentText } from './comment-text.ts'
import { conjunctsOf, textOf } from './expression-text.ts'
import type { Identifiers } from './identifiers.ts'
import { indent } from './lines.ts'
import { allocationNames } from './murphi-allocation.ts'
import { typeOf } from './murphi-declarations.ts'
import { memberType, murphiStyle, valueType } from './murphi-style.ts'
import type { OrderedAssignment } from './order-assignments.ts'
import type { ForbiddenHere, PreparedAction, PreparedModel } from './prepare.ts'
import { isTrue } from './simplify.ts'
import { unroll } from './unroll.ts'

/** One rule. Rumur itself checks that values and indices are within their ranges. */
export function murphiAction(prepared: PreparedAction, model: PreparedModel, names: Identifiers): readonly string[] {
  const style = murphiStyle(names)
  const text = (expression: Expression): string => textOf(unroll(expression, ['count']), style)
  const guard = conjunctsOf(unroll(prepared.guard, ['count']), style)
  const locals = localsOf(prepared, model, names)
  const collect = model.references.length === 0 ? [] : [`${names.of('own', 'collect forgotten')}();`]
  const statements = [
    ...prepared.fresh.flatMap(({ references, demand }) => {
      const { find, fresh, scalarset } = allocationNames(names, references)
      const needed = isTrue(demand) ? '' : ` & (${text(demand)})`
      return [
        `${fresh} := ${find}();`,
        `if ${fresh} = ${names.of('own', 'none')}${needed} then error "every ${quotable(scalarset)} is in use"; end;`,
      ]
    }),
    ...prepared.clashes.map((clash) => `if ${text(clash)} then error "an element is assigned twice at once"; end;`),
    ...prepared.forbidden.filter(({ speaksOfAfter }) => !speaksOfAfter).map((each) => forbid(each, names)),
    ...prepared.assignments.flatMap((assignment, i) => keep(assignment, i, names)),
    ...copiedOf(prepared).map((name) => `${names.of('copy', `before ${name}`)} := ${names.of('variable', name)};`),
    ...prepared.assignments.map((assignment, i) => assign(assignment, i, names)),
    ...collect,
    ...prepared.forbidden.filter(({ speaksOfAfter }) => speaksOfAfter).map((each) => forbid(each, names)),
  ]
  return [
    `-- ${commentText(prepared.action.name)}`,
    `rule "${quotable(prepared.action.name)}"`,
    ...guard.map((conjunct, i) => `  ${i === 0 ? '' : '& '}${conjunct}`),
    '==>',
    ...(locals.length === 0 ? [] : ['var', ...indent(locals)]),
    'begin',
    ...indent(statements),
    'end;',
  ]
}

/** Text for a string of Murphi, which Rumur writes into a format of C. */
export function quotable(text: string): string {
  return commentText(text)
    .replace(/[^A-Za-z0-9 _.,:;()=+<>'-]/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
}

function localsOf(prepared: PreparedAction, model: PreparedModel, names: Identifiers): readonly string[] {
  const variableOf = (name: string) => model.variables.get(name)
  return [
    ...prepared.fresh.map(({ references }) => `${allocationNames(names, references).fresh}: -1..${references.last};`),
    ...prepared.assignments.flatMap(({ target, valueIsKept, indicesAreKept }, i) => {
      const variable = variableOf(target.variable)
      if (variable === undefined) return []
      return [
        ...(valueIsKept ? [`${names.of('kept value', `kept value ${i + 1}`)}: ${valueType(variable.domain, names)};`] : []),
        ...(indicesAreKept
          ? variable.indexedBy.map((index, k) => `${names.of('kept index', `kept index ${i + 1} ${k + 1}`)}: ${memberType(index, names)};`)
          : []),
      ]
    }),
    ...copiedOf(prepared).flatMap((name) => {
      const variable = variableOf(name)
      return variable === undefined ? [] : [`${names.of('copy', `before ${name}`)}: ${typeOf(variable, names)};`]
    }),
  ]
}

function copiedOf({ forbidden }: PreparedAction): readonly string[] {
  return [...new Set(forbidden.flatMap((each) => (each.speaksOfAfter ? each.copied : [])))]
}

function forbid({ property, condition, speaksOfAfter, copied }: ForbiddenHere, names: Identifiers): string {
  const error = `error "${quotable(property.name)}";`
  if (isTrue(condition)) return error
  return `if ${textOf(unroll(condition, ['count']), murphiStyle(names, speaksOfAfter ? copied : []))} then ${error} end;`
}

function keep({ value, target, valueIsKept, indicesAreKept }: OrderedAssignment, i: number, names: Identifiers): readonly string[] {
  const text = (expression: Expression): string => textOf(unroll(expression, ['count']), murphiStyle(names))
  return [
    ...(valueIsKept ? [`${names.of('kept value', `kept value ${i + 1}`)} := ${text(value)};`] : []),
    ...(indicesAreKept
      ? target.indices.map((index, k) => `${names.of('kept index', `kept index ${i + 1} ${k + 1}`)} := ${text(index)};`)
      : []),
  ]
}

function assign({ target, value, valueIsKept, indicesAreKept }: OrderedAssignment, i: number, names: Identifiers): string {
  const style = murphiStyle(names)
  const place = indicesAreKept
    ? style.read(
        target,
        target.indices.map((_, k) => names.of('kept index', `kept index ${i + 1} ${k + 1}`)),
        'now',
      )
    : textOf({ ...target, indices: target.indices.map((index) => unroll(index, ['count'])) }, style)
  return `${place} := ${valueIsKept ? names.of('kept value', `kept value ${i + 1}`) : textOf(unroll(value, ['count']), style)};`
}
