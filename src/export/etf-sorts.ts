import type { Diagnostic } from '../foundation/diagnostic.ts'
import type { Domain } from '../model/language/domain.ts'
import { describeValue, highestValue, lowestValue } from '../model/language/domain.ts'
import { indicesOf } from '../model/language/state.ts'
import type { Variable } from '../model/language/variable.ts'
import type { Identifiers } from './identifiers.ts'
import type { PreparedModel } from './prepare.ts'
import { memberName } from './vocabulary.ts'

/** A sort lists its values, and a table has one character for each. */
const mostValues = 65_536

/** A variable of LTSmin: one element of one of ours. */
export interface EtfVariable {
  readonly name: string
  readonly sort: string
  readonly domain: Domain
  readonly initial: number
}

/** Elements of all variables, in the order of a state. */
export function etfVariables({ system }: PreparedModel, names: Identifiers): readonly EtfVariable[] {
  return system.variables.flatMap((variable) =>
    variable.initial.map((initial, element) => ({
      name: elementName(variable, element, names),
      sort: sortName(variable.domain, names),
      domain: variable.domain,
      initial: initial - lowestValue(variable.domain),
    })),
  )
}

function elementName(variable: Variable, element: number, names: Identifiers): string {
  if (variable.indexedBy.length === 0) return names.of('variable', variable.name)
  const indices = indicesOf(variable.indexedBy, element).map((index, i) => describeValue(variable.indexedBy[i] ?? variable.domain, index))
  return names.of('element', `${variable.name} ${indices.join(' ')}`)
}

function sortName(domain: Domain, names: Identifiers): string {
  if (domain.kind === 'boolean') return names.of('sort', 'truth')
  if (domain.kind === 'range') return names.of('sort', `from ${domain.min} to ${domain.max}`)
  return domain.orNone ? names.of('sort', `${domain.name} or none`) : names.of(domain.kind, domain.name)
}

/** Every sort with the names of its values: the place of a name is the number that stands for it everywhere else. */
export function etfSorts(variables: readonly EtfVariable[], names: Identifiers): ReadonlyMap<string, readonly string[]> {
  return new Map([
    [names.of('sort', 'truth'), ['false', 'true']],
    ...variables.map(({ sort, domain }): readonly [string, readonly string[]] => [sort, valuesOf(domain, names)]),
  ])
}

function valuesOf(domain: Domain, names: Identifiers): readonly string[] {
  const lowest = lowestValue(domain)
  return Array.from({ length: highestValue(domain) - lowest + 1 }, (_, offset) => {
    const value = lowest + offset
    if (domain.kind === 'boolean' || domain.kind === 'range') return describeValue(domain, value)
    return value < 0 ? 'none' : memberName(names, domain, value)
  })
}

/** MC801 for a state without variables, and for each variable with too many values. */
export function unlistable({ system }: PreparedModel): readonly Diagnostic[] {
  if (system.variables.length === 0) {
    const hint = 'Give it a variable, or choose another target.'
    return [{ code: 'MC801', message: 'it has no variable, and etf needs one', hint, place: [`system ${system.name}`] }]
  }
  return system.variables
    .filter(({ domain }) => highestValue(domain) - lowestValue(domain) >= mostValues)
    .map(({ name, domain }) => ({
      code: 'MC801',
      message: `found ${highestValue(domain) - lowestValue(domain) + 1} values in its domain; expected at most ${mostValues}, as etf lists them`,
      hint: 'Make the range smaller, or choose another target.',
      place: [`variable ${name}`],
    }))
}
