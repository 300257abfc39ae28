import type { Domain } from '../model/language/domain.ts'
import { firstMember, memberCount } from '../model/language/domain.ts'
import { elementCount } from '../model/language/state.ts'
import type { Variable } from '../model/language/variable.ts'
import { commentText } from './comment-text.ts'
import type { Identifiers } from './identifiers.ts'
import { sections } from './lines.ts'
import type { PreparedModel } from './prepare.ts'
import { memberSet, tlaStyle, valueSet } from './tla-style.ts'
import { memberNames, namedDomains } from './vocabulary.ts'

/** Names of members and sets of them. */
export function domains(model: PreparedModel, names: Identifiers): readonly string[] {
  return sections([
    [`${names.of('own', 'none')} == -1`],
    ...namedDomains(model).map((domain) => {
      const members = memberNames(names, domain)
      return [
        `\\* ${commentText(domain.name)}`,
        ...members.map((name, value) => `${name} == ${value}`),
        `${names.of(domain.kind, domain.name)} == 0..${members.length - 1}`,
      ]
    }),
  ])
}

/** The one variable: a record with a field for each variable of the model. */
export function initial(model: PreparedModel, names: Identifiers): readonly string[] {
  const { variables } = model.system
  const [last] = variables.slice(-1)
  return [
    '\\* One field for each variable of the model.',
    'VARIABLE state',
    '',
    'Initial == [',
    ...variables.flatMap((variable) => {
      const says = variable.says === variable.name ? variable.name : `${variable.name}: ${variable.says}`
      const value = initialText(variable, names, { depth: 0, first: 0 })
      return [`  \\* ${commentText(says)}`, `  ${names.of('variable', variable.name)} |-> ${value}${variable === last ? '' : ','}`]
    }),
    ']',
    '',
    'Init == state = Initial',
  ]
}

/** What no step may leave: an error of the model otherwise. */
export function inDomain(model: PreparedModel, names: Identifiers): readonly string[] {
  return [
    '\\* Every value is in its domain; where not, the model goes wrong.',
    'InDomain ==',
    ...model.system.variables.map(({ name, indexedBy, domain }) => {
      const set = [...indexedBy].reverse().reduce((values, index) => `[${memberSet(index, names)} -> ${values}]`, valueSet(domain, names))
      return `  /\\ state.${names.of('variable', name)} \\in ${set.includes('\\cup') && indexedBy.length === 0 ? `(${set})` : set}`
    }),
  ]
}

/** A function of the indices from one depth on; by cases where elements begin unlike. */
function initialText(variable: Variable, names: Identifiers, { depth, first }: { readonly depth: number; readonly first: number }): string {
  const domain = variable.indexedBy[depth]
  const { literal } = tlaStyle(names)
  if (domain === undefined) return literal(variable.domain, variable.initial[first] ?? 0)
  const stride = elementCount(variable.indexedBy.slice(depth + 1))
  const inner = Array.from({ length: memberCount(domain) }, (_, i) =>
    initialText(variable, names, { depth: depth + 1, first: first + i * stride }),
  )
  const index = names.of('own', `i${depth + 1}`)
  return `[${index} \\in ${memberSet(domain, names)} |-> ${casesOf(inner, index, domain, names)}]`
}

function casesOf(values: readonly string[], index: string, domain: Domain, names: Identifiers): string {
  const [usual = ''] = [...values].sort((left, right) => timesIn(values, right) - timesIn(values, left))
  const { literal } = tlaStyle(names)
  const unlike = values.flatMap((value, i) =>
    value === usual ? [] : [`${index} = ${literal(domain, firstMember(domain) + i)} -> ${value}`],
  )
  return unlike.length === 0 ? usual : `CASE ${unlike.join(' [] ')} [] OTHER -> ${usual}`
}

function timesIn(values: readonly string[], value: string): number {
  return values.filter((each) => each === value).length
}
