import type { SearchLimits } from '../search-limits.ts'
import type { Limit } from '../verdict.ts'
import type { StateStore } from './state-store.ts'

/** Grows the store if one more state does not fit; the limit that forbids it, if one does. */
export function makeRoom(store: StateStore, limits: SearchLimits): Limit | undefined {
  if (limits.states !== undefined && store.size >= limits.states) return { kind: 'states', value: limits.states }
  if (limits.memory !== undefined && store.bytes > limits.memory) return { kind: 'memory', value: limits.memory }
  if (store.size < store.capacity || store.grow(limits.memory ?? Number.POSITIVE_INFINITY)) return undefined
  return { kind: 'memory', value: limits.memory ?? store.bytes }
}
