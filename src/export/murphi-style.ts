import type { Domain } from '../model/language/domain.ts'
import type { Style } from './expression-text.ts'
import type { Identifiers } from './identifiers.ts'
import { memberName } from './vocabulary.ts'

/** How Murphi writes an expression. `copied` names the variables of which the value before the transition stands in a copy. */
export function murphiStyle(names: Identifiers, copied: readonly string[] = []): Style {
  return {
    and: '&',
    or: '|',
    not: '!',
    equal: '=',
    unequal: '!=',
    literal: (domain, value) => {
      if (domain.kind === 'boolean') return value === 0 ? 'false' : 'true'
      if (domain.kind === 'range') return String(value)
      return value < 0 ? names.of('own', 'none') : memberName(names, domain, value)
    },
    read: ({ variable }, indices, moment) => {
      const isCopy = moment === 'now' && copied.includes(variable)
      const name = isCopy ? names.of('copy', `before ${variable}`) : names.of('variable', variable)
      return name + indices.map((index) => `[${index}]`).join('')
    },
    bound: (name) => names.of('bound', name),
    fresh: (domain) => names.of('fresh', `fresh ${'name' in domain ? domain.name : domain.kind}`),
    conditional: (condition, then, otherwise) => `((${condition}) ? ${then} : ${otherwise})`,
    quantifier: ({ kind, name, domain }, body) =>
      `(${kind === 'exists' ? 'exists' : 'forall'} ${names.of('bound', name)}: ${memberType(domain, names)} do ${body} end)`,
  }
}

/** The type of an index: the members, without none. */
export function memberType(domain: Domain, names: Identifiers): string {
  if (domain.kind === 'boolean') return 'boolean'
  return domain.kind === 'range' ? `${domain.min}..${domain.max}` : names.of(domain.kind, domain.name)
}

/** The type of a value. */
export function valueType(domain: Domain, names: Identifiers): string {
  if (domain.kind === 'boolean' || domain.kind === 'range' || !domain.orNone) return memberType(domain, names)
  return names.of('or none', `${domain.name} or none`)
}
