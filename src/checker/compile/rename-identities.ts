import type { Diagnostic } from '../../foundation/diagnostic.ts'
import { isSameScalarset } from '../../model/language/allocate.ts'
import type { Domain, ScalarsetDomain } from '../../model/language/domain.ts'
import type { StateShape } from '../../model/language/state.ts'
import { elementAt, indicesOf } from '../../model/language/state.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Variable } from '../../model/language/variable.ts'
import { IdentityNumbering } from './identity-numbering.ts'
import { IdentityPermutation } from './identity-permutation.ts'
import { tabulateIdentities } from './identity-tables.ts'

/** Renumbers identities in place, in the state whose values begin at `begin` (0 if not given). */
export type Renaming = (values: Int32Array, begin?: number) => void

/**
 * The renaming that gives the interchangeable members of allocated scalarsets numbers that do not depend on the order of allocation: first
 * those that root slots refer to, in slot order; then, again and again, those that elements of numbered members refer to, beginning with
 * distinguished ones; then members that only their own elements tell apart, by these elements; last those whose elements are initial. A root
 * slot is one that is no element of an allocated member. All scalarsets are numbered together, because members of one lead to members of
 * another.
 *
 * Any permutation of interchangeable members is a symmetry, so the renamed state has the same future up to names. Two states that differ by a
 * permutation get the same result if all members in use are reached from roots, and no array has two indices of allocated scalarsets.
 */
export function createRenaming(system: TransitionSystem, shape: StateShape): Renaming {
  const scalarsets = allocatedScalarsets(system).filter(({ interchangeable }) => interchangeable > 0)
  if (scalarsets.every(({ interchangeable }) => interchangeable < 2)) return () => {}
  const tables = tabulateIdentities(scalarsets, shape)
  const numbering = new IdentityNumbering(tables, Int32Array.from(shape.initial))
  const permutation = new IdentityPermutation(tables, shape)
  return (values, begin = 0) => {
    if (numbering.number(values, begin)) permutation.apply(numbering.numberOf, values, begin)
  }
}

/**
 * Why members must not be renamed, if so: a collection resets elements to their initial values, so these must not tell interchangeable
 * members apart.
 */
export function refuseRenaming(system: TransitionSystem, shape: StateShape): readonly Diagnostic[] {
  const allocated = allocatedScalarsets(system)
  return system.variables.flatMap((variable) => {
    const owner = allocated.find((domain) => isIndexedBy(variable, domain))
    if (owner === undefined || isSymmetric(variable, allocated, shape)) return []
    return [
      {
        code: 'MC301',
        message: `the initial elements of "${variable.name}" tell interchangeable members of ${owner.name} apart`,
        hint: 'Give all of them the same initial value, or check without identity renaming.',
        place: [`system ${system.name}`, `variable ${variable.name}`],
      } as const,
    ]
  })
}

export function allocatedScalarsets(system: TransitionSystem): readonly ScalarsetDomain[] {
  return system.allocations.flatMap(({ domain }) => (domain.kind === 'scalarset' ? [domain] : []))
}

function isIndexedBy(variable: Variable, domain: Domain): boolean {
  return variable.indexedBy.some((index) => isSameScalarset(index, domain))
}

/** Compares every element with the one at the first interchangeable members instead of others: equal if no permutation shows. */
function isSymmetric(variable: Variable, allocated: readonly ScalarsetDomain[], shape: StateShape): boolean {
  const own = allocated.find((domain) => isSameScalarset(variable.domain, domain))
  const owners = variable.indexedBy.map((index) => allocated.find((domain) => isSameScalarset(index, domain)))
  const first = shape.firstSlot.get(variable.name) ?? 0
  return variable.initial.every((value, element) => {
    const indices = indicesOf(variable.indexedBy, element)
    const typical = indices.map((index, i) => Math.min(index, owners[i]?.distinguished.length ?? index))
    if (own !== undefined && value >= own.distinguished.length) return false
    return value === shape.initial[first + (elementAt(variable.indexedBy, typical) ?? element)]
  })
}
