/**
 * The finite sets that variables range over.
 *
 * A value is always a number: false and true are 0 and 1, an integer is itself, a member of an enumeration or scalarset is its position
 * (distinguished members of a scalarset come first), and `none` is -1.
 */
export type Domain = BooleanDomain | RangeDomain | EnumerationDomain | ScalarsetDomain

export interface BooleanDomain {
  readonly kind: 'boolean'
}
export interface RangeDomain {
  readonly kind: 'range'
  readonly min: number
  readonly max: number
}
export interface EnumerationDomain {
  readonly kind: 'enumeration'
  readonly name: string
  readonly members: readonly string[]
  readonly orNone: boolean
}
/**
 * Interchangeable identities, optionally with distinguished ones (the main interpreter among interpreters). A value may only be compared
 * for equality, used as an index and quantified over; that rule makes any permutation of the interchangeable members a symmetry.
 * Source: Ip and Dill, "Better verification through symmetry", Formal Methods in System Design 9, 1996.
 */
export interface ScalarsetDomain {
  readonly kind: 'scalarset'
  readonly name: string
  readonly distinguished: readonly string[]
  readonly interchangeable: number
  readonly orNone: boolean
}

/** The value that stands for "no member"; only in domains made with `orNone`. */
export const none = -1

/** What may be compared with what: the type of a term, as a string literal so that TypeScript can tell them apart. */
export type Sort = 'boolean' | 'integer' | `enumeration ${string}` | `scalarset ${string}`

declare const sortOf: unique symbol
/** A domain that TypeScript knows the sort of. */
export type TypedDomain<S extends Sort> = Domain & { readonly [sortOf]?: (sort: S) => S }

export const boolean: TypedDomain<'boolean'> = Object.freeze({ kind: 'boolean' })

/** Integers from min to max, both included. Assigning a value outside is an error of the model, never a wrap. */
export function range(min: number, max: number): TypedDomain<'integer'> {
  return Object.freeze({ kind: 'range', min, max })
}

export function enumeration<const Name extends string>(name: Name, members: readonly string[]): TypedDomain<`enumeration ${Name}`> {
  return Object.freeze({ kind: 'enumeration', name, members: Object.freeze([...members]), orNone: false })
}

export function scalarset<const Name extends string>(
  name: Name,
  size: { readonly distinguished?: readonly string[]; readonly interchangeable: number },
): TypedDomain<`scalarset ${Name}`> {
  const distinguished = Object.freeze([...(size.distinguished ?? [])])
  return Object.freeze({ kind: 'scalarset', name, distinguished, interchangeable: size.interchangeable, orNone: false })
}

/** The same domain with the extra value `none`. Only enumerations and scalarsets have one. */
export function orNone<S extends Sort>(domain: TypedDomain<S>): TypedDomain<S> {
  if (domain.kind !== 'enumeration' && domain.kind !== 'scalarset') throw new TypeError(`orNone: a ${domain.kind} has no "none"`)
  return Object.freeze({ ...domain, orNone: true }) as TypedDomain<S>
}

/** Number of members, `none` not counted. */
export function memberCount(domain: Domain): number {
  switch (domain.kind) {
    case 'boolean':
      return 2
    case 'range':
      return domain.max - domain.min + 1
    case 'enumeration':
      return domain.members.length
    case 'scalarset':
      return domain.distinguished.length + domain.interchangeable
  }
}

/** Smallest value of the domain: `none` where there is one. */
export function lowestValue(domain: Domain): number {
  if (domain.kind === 'range') return domain.min
  return domain.kind !== 'boolean' && domain.orNone ? none : 0
}

/** Largest value of the domain. */
export function highestValue(domain: Domain): number {
  return domain.kind === 'range' ? domain.max : memberCount(domain) - 1
}

/** First value a quantifier or an index over the domain takes; `none` is never one. */
export function firstMember(domain: Domain): number {
  return domain.kind === 'range' ? domain.min : 0
}

export function contains(domain: Domain, value: number): boolean {
  return Number.isInteger(value) && value >= lowestValue(domain) && value <= highestValue(domain)
}

export function sortOfDomain(domain: Domain): Sort {
  switch (domain.kind) {
    case 'boolean':
      return 'boolean'
    case 'range':
      return 'integer'
    case 'enumeration':
      return `enumeration ${domain.name}`
    case 'scalarset':
      return `scalarset ${domain.name}`
  }
}

/** Text of a value: "true", "3", "UNLOCKED", "main", "thread state 2", "none". Interchangeable members are counted from 1. */
export function describeValue(domain: Domain, value: number): string {
  if (value === none && (domain.kind === 'enumeration' || domain.kind === 'scalarset')) return 'none'
  switch (domain.kind) {
    case 'boolean':
      return value === 0 ? 'false' : 'true'
    case 'range':
      return String(value)
    case 'enumeration':
      return domain.members[value] ?? `member ${value}?`
    case 'scalarset':
      return domain.distinguished[value] ?? `${domain.name} ${value - domain.distinguished.length + 1}`
  }
}
