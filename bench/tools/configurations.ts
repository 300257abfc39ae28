import { availableParallelism } from 'node:os'
import type { CheckOptions } from '../../src/checker/check-options.ts'
import { findInterchangeable } from '../../src/checker/symmetry/interchangeable.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import { helpersFromSources } from '../../test/support/search-helpers.ts'

const processors = availableParallelism()

/** A way to run gilproof. To compare another one, add a line below. */
export interface Configuration {
  readonly name: string
  readonly options: Pick<CheckOptions, Exclude<keyof CheckOptions, 'limits' | 'now' | 'signal' | 'pause' | 'onProgress'>>
}

export const configurations: readonly Configuration[] = [
  { name: 'gilproof', options: {} },
  { name: `gilproof, ${processors} threads`, options: { helpers: helpersFromSources(processors - 1) } },
  { name: 'gilproof, identities renamed', options: { reductions: ['identity-renaming'] } },
  { name: 'gilproof, threads in order', options: { reductions: ['process-symmetry'] } },
]

/** Whether it searches this system in a way of its own: a reduction without anything to reduce would be the same row again. */
export function makesADifference({ options: { reductions = [] } }: Configuration, system: TransitionSystem): boolean {
  if (reductions.includes('process-symmetry')) return findInterchangeable(system, []).groups.length > 0
  return !reductions.includes('identity-renaming') || system.allocations.length > 0
}

/** Configurations of which the same number of states is expected have the same text: that of their reductions. */
export function reductionsOf({ options }: Configuration): string {
  return [...(options.reductions ?? [])].sort().join(' and ')
}
