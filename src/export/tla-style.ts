import type { Domain } from '../model/language/domain.ts'
import type { Style } from './expression-text.ts'
import type { Identifiers } from './identifiers.ts'
import { memberName } from './vocabulary.ts'

/** How TLA+ writes an expression over the record `state`, or over a record that is an argument. */
export function tlaStyle(names: Identifiers, record = 'state'): Style {
  return {
    and: '/\\',
    or: '\\/',
    not: '~',
    equal: '=',
    unequal: '#',
    literal: (domain, value) => {
      if (domain.kind === 'boolean') return value === 0 ? 'FALSE' : 'TRUE'
      if (domain.kind === 'range') return String(value)
      return value < 0 ? names.of('own', 'none') : memberName(names, domain, value)
    },
    read: ({ variable }, indices, moment) =>
      `${record}${moment === 'after' ? "'" : ''}.${names.of('variable', variable)}${indices.map((index) => `[${index}]`).join('')}`,
    bound: (name) => names.of('bound', name),
    fresh: (domain) => names.of('fresh', `fresh ${'name' in domain ? domain.name : domain.kind}`),
    conditional: (condition, then, otherwise) => `(IF ${condition} THEN ${then} ELSE ${otherwise})`,
    quantifier: ({ kind, name, domain }, body) => {
      const range = `${names.of('bound', name)} \\in ${memberSet(domain, names)} : ${body}`
      if (kind === 'count') return `Cardinality({${range}})`
      return `(${kind === 'exists' ? '\\E' : '\\A'} ${range})`
    },
  }
}

/** The set of an index: the members, without none. */
export function memberSet(domain: Domain, names: Identifiers): string {
  if (domain.kind === 'boolean') return 'BOOLEAN'
  return domain.kind === 'range' ? `(${domain.min})..(${domain.max})`.replace(/\((\d+)\)/g, '$1') : names.of(domain.kind, domain.name)
}

/** The set of a value. */
export function valueSet(domain: Domain, names: Identifiers): string {
  const members = memberSet(domain, names)
  if (domain.kind === 'boolean' || domain.kind === 'range' || !domain.orNone) return members
  return `${members} \\cup {${names.of('own', 'none')}}`
}
