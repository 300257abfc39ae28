import type { Domain } from './domain.ts'

/** One variable, or an array of them with one element for every combination of index members. */
export interface Variable {
  readonly name: string
  readonly domain: Domain
  /** Index domains, outermost first; empty for a plain variable. */
  readonly indexedBy: readonly Domain[]
  /** One value per element, the last index changing fastest. */
  readonly initial: readonly number[]
  /**
   * What the variable is for. A `monitor` is read by properties and by assignments to monitors only; a `control` variable is a program
   * counter and a `local` belongs to one process: traces show neither as shared state.
   */
  readonly role: 'shared' | 'local' | 'control' | 'monitor'
  /** A sentence for readers of traces. */
  readonly says: string
}
