import { InternalError } from '../foundation/diagnostic.ts'
import type { Domain } from '../model/language/domain.ts'
import { firstMember, memberCount } from '../model/language/domain.ts'
import type { Read } from '../model/language/expression.ts'
import { elementCount } from '../model/language/state.ts'
import type { Variable } from '../model/language/variable.ts'
import type { Moment, Style } from './expression-text.ts'
import type { Identifiers } from './identifiers.ts'
import { intervalOf, isWithin, membersOf } from './interval.ts'
import type { PreparedModel } from './prepare.ts'
import { memberName } from './vocabulary.ts'

/**
 * How Promela writes an expression. `copied` names the variables of which the value before the transition stands in a copy.
 *
 * Arrays have one dimension and start at 0. SPIN checks the index of an array of two or more; `at_N` gives it -1 where it would not notice.
 */
export function promelaStyle(model: PreparedModel, names: Identifiers, copied: readonly string[] = []): Style {
  const literal = (domain: Domain, value: number): string => {
    if (domain.kind === 'boolean') return value === 0 ? 'false' : 'true'
    if (domain.kind === 'range') return String(value)
    return value < 0 ? names.of('own', 'none') : memberName(names, domain, value)
  }
  return {
    and: '&&',
    or: '||',
    not: '!',
    equal: '==',
    unequal: '!=',
    literal,
    read: (read, indices, moment) => {
      const variable = model.variables.get(read.variable)
      if (variable === undefined) throw new InternalError('MC901', `an unknown variable "${read.variable}" is to be printed`)
      return placeText(variable, { read, indices, moment, isCopied: copied.includes(read.variable) }, { model, names })
    },
    bound: (name) => names.of('own', name),
    fresh: (domain) => names.of('fresh', `fresh ${'name' in domain ? domain.name : domain.kind}`),
    conditional: (condition, then, otherwise) => `((${condition}) -> ${then} : ${otherwise})`,
    quantifier: ({ kind }) => {
      throw new InternalError('MC901', `"${kind}" was not written out for Promela`)
    },
  }
}

interface Place {
  readonly read: Read
  readonly indices: readonly string[]
  readonly moment: Moment
  readonly isCopied: boolean
}

function placeText(
  variable: Variable,
  place: Place,
  { model, names }: { readonly model: PreparedModel; readonly names: Identifiers },
): string {
  const kind = place.isCopied && place.moment === 'now' ? 'copy' : 'variable'
  const name = names.of(kind, kind === 'copy' ? `before ${variable.name}` : variable.name)
  if (variable.indexedBy.length === 0) return name
  const offsets = variable.indexedBy.map((domain, i) => offsetText(place.indices[i] ?? '0', firstMember(domain)))
  const isSafe = variable.indexedBy.every((domain, i) => {
    const index = place.read.indices[i]
    return index !== undefined && isWithin(intervalOf(index, model.variables), membersOf(domain))
  })
  if (isSafe || (variable.indexedBy.length === 1 && elementCount(variable.indexedBy) > 1)) return `${name}[${position(offsets, variable)}]`
  const sizes = variable.indexedBy.map((domain) => memberCount(domain))
  return `${name}[at_${sizes.length}(${offsets.flatMap((offset, i) => [offset, sizes[i]]).join(', ')})]`
}

function position(offsets: readonly string[], variable: Variable): string {
  return offsets.reduce((text, offset, i) => {
    if (i === 0) return offset
    return `${/^\w+$/.test(text) ? text : `(${text})`} * ${memberCount(variable.indexedBy[i] ?? variable.domain)} + ${/^\w+$/.test(offset) ? offset : `(${offset})`}`
  }, '')
}

function offsetText(index: string, first: number): string {
  if (first === 0) return index
  const plain = /^\w+$/.test(index) ? index : `(${index})`
  return first > 0 ? `${plain} - ${first}` : `${plain} + ${-first}`
}
