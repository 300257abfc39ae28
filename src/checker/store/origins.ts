import { InternalError } from '../../foundation/diagnostic.ts'
import type { CompiledSystem } from '../compile/compiled-system.ts'
import { Successors } from '../compile/compiled-system.ts'
import type { StateIndex, StateStore } from './state-store.ts'
import { noAction, noState } from './state-store.ts'

/** States between two notes: so many are expanded again, at most, for each step of a trace. */
export const statesPerNote = 256

export interface Origin {
  readonly predecessor: StateIndex
  readonly action: number
}

/**
 * Where states came from, without a word for each. A search numbers states in the order in which it finds them and expands them in that order;
 * so the predecessors of ever later states are ever later ones, and it is enough to note now and then how many states there were:
 *
 *     sizes[i]    states known when the first (i + 1) * statesPerNote had been expanded
 *
 * The predecessor of a state is then among so many, which are expanded again until one leads there.
 */
export class Origins {
  readonly #compiled: CompiledSystem
  readonly #sizes: number[] = []
  readonly #successors: Successors
  readonly #values: Int32Array
  readonly #vectors: Int32Array
  /** The last one asked for: predecessor and action are asked for one after the other. */
  #last: { readonly state: StateIndex; readonly origin: Origin } | undefined

  constructor(compiled: CompiledSystem) {
    this.#compiled = compiled
    this.#successors = new Successors(compiled.slotCount)
    this.#values = new Int32Array(compiled.slotCount)
    this.#vectors = new Int32Array(2 * compiled.wordCount)
  }

  get bytes(): number {
    return this.#sizes.length * 8
  }

  /** To be called whenever a multiple of `statesPerNote` states has been expanded. */
  note(size: number): void {
    this.#sizes.push(size)
  }

  /** Works the notes out from the predecessors in a store, of which so many states have been expanded. */
  noteAll(store: StateStore, expanded: number): void {
    let size = 1
    for (let end = statesPerNote; end <= expanded; end += statesPerNote) {
      while (size < store.size && store.predecessorOf(size as StateIndex) < end) size++
      this.note(size)
    }
  }

  of(state: StateIndex, store: StateStore): Origin {
    if (this.#last?.state === state) return this.#last.origin
    const origin = state === 0 ? { predecessor: noState, action: noAction } : this.#seek(state, store)
    this.#last = { state, origin }
    return origin
  }

  #seek(state: StateIndex, store: StateStore): Origin {
    const width = this.#compiled.wordCount
    store.read(state, this.#vectors, 0)
    const first = this.#firstNoteAbove(state) * statesPerNote
    for (let predecessor = first; predecessor < Math.min(first + statesPerNote, state); predecessor++) {
      store.read(predecessor as StateIndex, this.#vectors, width)
      this.#compiled.unpack(this.#vectors, width, this.#values)
      this.#compiled.expand(this.#values, this.#successors)
      const action = this.#actionToVector()
      if (action !== noAction) return { predecessor: predecessor as StateIndex, action }
    }
    throw new InternalError('MC901', `no state leads to state ${state}`)
  }

  /** The first action that leads to the vector sought. */
  #actionToVector(): number {
    const { count, actions, values, slotCount } = this.#successors
    const width = this.#compiled.wordCount
    for (let i = 0; i < count; i++) {
      this.#compiled.pack(values.subarray(i * slotCount, (i + 1) * slotCount), this.#vectors, width)
      let word = 0
      while (word < width && this.#vectors[word] === this.#vectors[width + word]) word++
      if (word === width) return actions[i] as number
    }
    return noAction
  }

  #firstNoteAbove(state: StateIndex): number {
    let [from, to] = [0, this.#sizes.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if ((this.#sizes[middle] as number) > state) to = middle
      else from = middle + 1
    }
    return from
  }
}
