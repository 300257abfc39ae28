import type { SearchLimits } from '../../checker/search-limits.ts'
import type { Client } from '../../model/clients/client.ts'
import type { Bounds } from '../../model/cpython/bounds.ts'

/** Sizes of `prove --full`: one thread and one round more for named clients. */
export const fullBounds: Bounds = { threads: 3, interpreters: 2, rounds: 2 }

/** The most general clients make any calls, as many as there are rounds: more of them is worth more than another thread. */
export const fullBoundsOfMostGeneral: Bounds = { threads: 2, interpreters: 2, rounds: 3 }

export function fullBoundsFor({ kind }: Client): Bounds {
  return kind === 'most-general' ? fullBoundsOfMostGeneral : fullBounds
}

/** States and memory first: they cut at the same place on every machine. The time is for a machine that is much slower than ours. */
const fullLimits: SearchLimits = { states: 500_000, memory: 2 ** 30, time: 300_000 }

/** Every sequence of three calls is promised whole, preconditions or not: more than four million states on three readings. */
export function fullLimitsFor({ kind }: Client): SearchLimits {
  return kind === 'most-general' ? { ...fullLimits, states: 6_000_000, memory: 2 ** 31 } : fullLimits
}
