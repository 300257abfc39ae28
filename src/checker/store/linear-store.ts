import { InternalError } from '../../foundation/diagnostic.ts'
import { fullest, pageBytes } from '../compile/webassembly/print-search.ts'
import type { LinearMemory } from './linear-memory.ts'
import type { Origins } from './origins.ts'
import type { StateIndex, StateStore } from './state-store.ts'

/** A table grows by half, so that it is never less than half full once it has grown. */
const growth = 3 / 2
/** Growing by less would cost more time than it gives room. */
const smallestGrowth = 9 / 8
const smallestCapacity = 2 ** 12
const bytesPerSlot = 4

/** Fills the table from the vectors; several threads may do it together. */
export interface TableFiller {
  /** Numbers that entries have for the time being, besides those of states. */
  readonly proposals: number
  /** Empties the table and enters the first `count` states. */
  readonly fill: (count: number) => void
}

/** What one thread does. */
export function fillAlone({ exports }: LinearMemory, count: number): void {
  exports.clear(exports.table.value, exports.table_end.value)
  exports.enter(0, count)
}

/**
 * Whole state vectors in linear memory, where generated WebAssembly finds and adds them (`printSearch` draws the layout). Predecessors are
 * not stored: `Origins` works them out when a trace is wanted.
 *
 * Cost: the vector and 5.3 to 8 bytes per state; no copy while it grows, as the table is built again from the vectors.
 */
export class LinearStore implements StateStore {
  readonly collisionProbability = 0
  wasNew = false
  readonly #memory: LinearMemory
  readonly #origins: Origins
  readonly #width: number
  readonly #firstWord: number
  readonly #filler: TableFiller
  #slots = 0

  /** Takes over the states of another store, as many as there are. */
  constructor(memory: LinearMemory, origins: Origins, states: StateStore, filler?: TableFiller) {
    this.#memory = memory
    this.#origins = origins
    this.#filler = filler ?? { proposals: 0, fill: (count) => fillAlone(memory, count) }
    this.#width = memory.places.vectorBytes / 4
    this.#firstWord = memory.places.vectors / 4
    for (let state = 0; state < states.size; state++) {
      states.read(state as StateIndex, memory.words, this.#firstWord + state * this.#width)
    }
    this.#rebuild(wholePages(Math.max(smallestCapacity, states.size * 2) / fullest), states.size)
  }

  /** Bytes for so many states, and as many more while it is still small. */
  static bytesFor(states: number, vectorBytes: number): number {
    return Math.ceil(Math.max(smallestCapacity, states * 2) * (vectorBytes + bytesPerSlot / fullest) + vectorBytes + pageBytes)
  }

  get size(): number {
    return this.#memory.exports.size.value
  }

  get capacity(): number {
    return Math.floor(this.#slots * fullest)
  }

  get bytes(): number {
    return this.size * this.#memory.places.vectorBytes + this.#slots * bytesPerSlot + this.#origins.bytes
  }

  insert(vectors: Int32Array, offset: number): StateIndex {
    const known = this.find(vectors, offset)
    this.wasNew = known < 0
    if (!this.wasNew) return known
    if (this.size >= this.capacity) throw new InternalError('MC901', 'a state was inserted in a full store')
    this.#memory.exports.append()
    return (this.size - 1) as StateIndex
  }

  find(vectors: Int32Array, offset: number): StateIndex {
    const next = this.#firstWord + this.size * this.#width
    for (let i = 0; i < this.#width; i++) this.#memory.words[next + i] = vectors[offset + i] as number
    return this.#memory.exports.find(next * 4) as StateIndex
  }

  read(state: StateIndex, into: Int32Array, offset: number): void {
    if (!(state >= 0 && state < this.size)) throw new InternalError('MC901', `the store was asked for state ${state}`)
    const first = this.#firstWord + state * this.#width
    for (let i = 0; i < this.#width; i++) into[offset + i] = this.#memory.words[first + i] as number
  }

  /** To be told of the size after what other threads did. */
  setSize(size: number): void {
    this.#memory.exports.size.value = size
    this.#memory.exports.end.value = (this.#memory.places.vectors + size * this.#memory.places.vectorBytes) | 0
  }

  predecessorOf(state: StateIndex): StateIndex {
    return this.#origins.of(state, this).predecessor
  }

  actionOf(state: StateIndex): number {
    return this.#origins.of(state, this).action
  }

  grow(memory: number): boolean {
    const needed = Math.ceil(this.#slots * smallestGrowth)
    for (let wanted = this.#slots * growth; wanted >= needed; wanted *= 0.95) {
      const slots = wholePages(wanted)
      if (this.#bytesFor(slots) > memory || this.#end(slots) > this.#memory.bytes) continue
      this.#rebuild(slots, this.size)
      return true
    }
    return false
  }

  #rebuild(slots: number, count: number): void {
    const { exports, bytes } = this.#memory
    this.#slots = slots
    exports.table.value = (bytes - slots * bytesPerSlot) | 0
    exports.table_end.value = bytes | 0
    exports.slots.value = BigInt(slots)
    exports.index_mask.value = (2 ** Math.ceil(Math.log2(this.capacity + this.#filler.proposals + 2)) - 1) | 0
    this.#filler.fill(count)
    this.setSize(count)
  }

  #bytesFor(slots: number): number {
    return Math.floor(slots * fullest) * this.#memory.places.vectorBytes + slots * bytesPerSlot + this.#origins.bytes
  }

  /** Where a full store with so many slots ends, with room for the vector of a state that may turn out to be known. */
  #end(slots: number): number {
    const { vectors, vectorBytes } = this.#memory.places
    return vectors + (Math.floor(slots * fullest) + 1) * vectorBytes + slots * bytesPerSlot
  }
}

function wholePages(slots: number): number {
  const slotsPerPage = pageBytes / bytesPerSlot
  return Math.ceil(slots / slotsPerPage) * slotsPerPage
}
