import type { StateIndex, StateStore } from '../store/state-store.ts'
import { noState } from '../store/state-store.ts'

/**
 * States seen but not yet expanded, first in, first out. A store numbers states in the order in which they are found, so the frontier is
 * the range from the next state to expand up to the size of the store: nothing is kept twice.
 */
export class Frontier {
  #store: StateStore
  #next = 0
  #endOfLayer = 0
  #depth = -1

  constructor(store: StateStore) {
    this.#store = store
  }

  get size(): number {
    return this.#store.size - this.#next
  }

  /** Steps from the initial state to the state that was shifted last. */
  get depth(): number {
    return this.#depth
  }

  /** The states that come next and are equally many steps from the initial state: from `first` up to `last`, which is not among them. */
  layer(): { readonly first: number; readonly last: number; readonly depth: number } {
    if (this.#next === this.#endOfLayer && this.size > 0) this.#startLayer()
    return { first: this.#next, last: this.#endOfLayer, depth: this.#depth }
  }

  /** Removes the oldest states, up to this one, which stays; all of one layer. */
  shiftUpTo(state: number): void {
    this.#next = state
  }

  /** Continues with the same states in another store. */
  moveTo(store: StateStore): void {
    this.#store = store
  }

  /** Removes the oldest state; `noState` when nothing is left. */
  shift(): StateIndex {
    if (this.#next === this.#store.size) return noState
    if (this.#next === this.#endOfLayer) this.#startLayer()
    return this.#next++ as StateIndex
  }

  #startLayer(): void {
    this.#endOfLayer = this.#store.size
    this.#depth++
  }
}
