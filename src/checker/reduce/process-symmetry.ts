import type { Property } from '../../properties/language/property.ts'
import type { Reduction } from './reduction.ts'

/**
 * States that differ only in which of several interchangeable processes is where are explored once. Which processes those are is found in the
 * system and its properties (`symmetry/interchangeable.ts`); processes are put into order where successors are made, after the properties have
 * looked at the transition.
 */
export const processSymmetry: Reduction = Object.freeze({
  name: 'process-symmetry',
  theorem:
    'Emerson and Sistla, "Symmetry and model checking", Formal Methods in System Design 9, 1996: ' +
    'exchanging processes is an automorphism of the state graph, found to be one action by action, and no property tells them apart',
  preserves: new Set<Property['kind']>(['invariant', 'forbidden-transition', 'no-deadlock', 'reachable', 'can-always-reach']),
})
