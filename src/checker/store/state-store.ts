import type { Brand } from '../../foundation/brand.ts'

/** Position of a state in the order in which a search found it; the initial state is 0. */
export type StateIndex = Brand<number, 'StateIndex'>

/** In place of a state: none, such as the predecessor of the initial state. */
export const noState = -1 as StateIndex

/** In place of an action, where nothing led to a state. */
export const noAction = -1

/** The set of states seen, each once, with its predecessor and the action that led from there. */
export interface StateStore {
  readonly size: number
  /** Bytes of memory held now. */
  readonly bytes: number
  /** Number of states that fit without growing. */
  readonly capacity: number
  /** Upper bound on the probability that two different states were taken for one. */
  readonly collisionProbability: number
  /** Whether the last `insert` met its state for the first time. */
  readonly wasNew: boolean
  /**
   * Index of the state vector at word `offset` of `vectors`, which is stored if it is new; only then do the predecessor and the action
   * count. Grows when the store is full, and throws when there is no memory for that: call `grow` first.
   */
  insert(vectors: Int32Array, offset: number, predecessor: StateIndex, action: number): StateIndex
  /** Index of a state vector, or `noState`. */
  find(vectors: Int32Array, offset: number): StateIndex
  /** Writes the state vector of a state at word `offset` of `into`. */
  read(state: StateIndex, into: Int32Array, offset: number): void
  predecessorOf(state: StateIndex): StateIndex
  actionOf(state: StateIndex): number
  /**
   * Makes room for more states without ever holding more than `memory` bytes, the copies made while growing included. False if that cannot
   * be done; the store is then as it was.
   */
  grow(memory: number): boolean
}
