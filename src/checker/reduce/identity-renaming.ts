import type { Property } from '../../properties/language/property.ts'
import type { Reduction } from './reduction.ts'

/**
 * States that differ only in the order of allocation are explored once. It is carried out where successors are made, by
 * `compile/rename-identities.ts`: formulas over a transition are evaluated before the successor is renamed, when both its states still use
 * the same identities.
 */
export const identityRenaming: Reduction = Object.freeze({
  name: 'identity-renaming',
  theorem:
    'Ip and Dill, "Better verification through symmetry", Formal Methods in System Design 9, 1996: ' +
    'scalarset members are only compared for equality, used as indices and quantified over, so a permutation of them is an automorphism',
  preserves: new Set<Property['kind']>(['invariant', 'forbidden-transition', 'no-deadlock', 'reachable', 'can-always-reach']),
})
