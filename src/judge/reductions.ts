import type { CheckOptions } from '../checker/check.ts'

/** Which states are explored once instead of several times. */
export interface WantedReductions {
  /** Whether identities are renamed, so that the order of allocation does not multiply states. Default: true. */
  readonly renaming?: boolean
  /** Whether threads that do the same are put into order. Default: false, since with two threads finding them may take longer than it saves. */
  readonly symmetry?: boolean
}

/** The reductions of all searches for a scenario. */
export function reductionsOf({ renaming = true, symmetry = false }: WantedReductions): NonNullable<CheckOptions['reductions']> {
  return [...(renaming ? (['identity-renaming'] as const) : []), ...(symmetry ? (['process-symmetry'] as const) : [])]
}
