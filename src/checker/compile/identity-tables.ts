import { elementsOf, isSameScalarset } from '../../model/language/allocate.ts'
import type { Domain, ScalarsetDomain } from '../../model/language/domain.ts'
import type { StateShape } from '../../model/language/state.ts'

/**
 * Members of several scalarsets under one numbering: *identity* `begins[k] + m` is member m of scalarset k. Distinguished members keep their
 * numbers; the others may be renamed within their scalarset.
 */
export interface IdentityTables {
  readonly scalarsets: readonly ScalarsetDomain[]
  readonly count: number
  /** Per scalarset: its first identity, its first interchangeable member, and how many members it has. */
  readonly begins: Int32Array
  readonly fixed: Int32Array
  readonly sizes: Int32Array
  /** Per identity, its scalarset. */
  readonly scalarsetOf: Int32Array
  /** Per slot, the scalarset its value is a member of, or -1. */
  readonly refersTo: Int32Array
  /** Slots of references, and those of them that are not elements of an identity. */
  readonly references: Int32Array
  readonly roots: Int32Array
  /** Per identity, its elements, and those of them that are references. */
  readonly elements: readonly Int32Array[]
  readonly elementReferences: readonly Int32Array[]
  /** Slots of elements that may move: those of interchangeable members. */
  readonly moving: Int32Array
}

export function tabulateIdentities(scalarsets: readonly ScalarsetDomain[], shape: StateShape): IdentityTables {
  const identities = scalarsets.flatMap((domain, scalarset) =>
    Array.from({ length: sizeOf(domain) }, (_, member) => ({ domain, scalarset, member })),
  )
  const refersTo = Int32Array.from(shape.domains, (domain) => scalarsetAmong(scalarsets, domain))
  const isReference = (slot: number): boolean => refersTo[slot] !== -1
  const elements = identities.map(({ domain, member }) => Int32Array.from(elementsOf(shape, domain, member)))
  const owned = new Set(elements.flatMap((slots) => [...slots]))
  const moving = new Set(
    identities.flatMap(({ domain, member }, i) => (member < domain.distinguished.length ? [] : [...(elements[i] ?? [])])),
  )
  const references = [...shape.domains.keys()].filter(isReference)
  return {
    scalarsets,
    count: identities.length,
    begins: Int32Array.from(scalarsets, (_, k) => identities.findIndex(({ scalarset }) => scalarset === k)),
    fixed: Int32Array.from(scalarsets, ({ distinguished }) => distinguished.length),
    sizes: Int32Array.from(scalarsets, sizeOf),
    scalarsetOf: Int32Array.from(identities, ({ scalarset }) => scalarset),
    refersTo,
    references: Int32Array.from(references),
    roots: Int32Array.from(references.filter((slot) => !owned.has(slot))),
    elements,
    elementReferences: elements.map((slots) => slots.filter(isReference)),
    moving: Int32Array.from(moving).sort(),
  }
}

/** Position of the scalarset that the domain is, "none" aside; -1 if there is no such. */
export function scalarsetAmong(scalarsets: readonly ScalarsetDomain[], domain: Domain | undefined): number {
  return scalarsets.findIndex((scalarset) => isSameScalarset(scalarset, domain))
}

function sizeOf({ distinguished, interchangeable }: ScalarsetDomain): number {
  return distinguished.length + interchangeable
}
