import { InternalError } from '../../foundation/diagnostic.ts'
import { hashVector } from './hash-vector.ts'
import type { StateIndex, StateStore } from './state-store.ts'
import { noState } from './state-store.ts'

export interface ExactStoreOptions {
  /** Number of actions that may lead to a state; up to 2^16 take two bytes per state, more take four. */
  readonly actionCount: number
  /** States to make room for at first. */
  readonly capacity?: number
}

/** Actions are stored one higher, so that none is 0. */
const actionsInTwoBytes = 0xffff
const smallestCapacity = 64
/** Growing by less than this would cost more in copies than it gives. */
const smallestGrowth = 9 / 8
/** The table of a full store is at most this part full. */
const fullest = 2 / 3

/**
 * Keeps whole state vectors, so two states are never confused. Open addressing with linear probing over state indices:
 *
 *     table[slot]                         0, or 1 + index of a state whose hash led here
 *     vectors[index * width ...]          its state vector
 *     predecessors[index], actions[index] how it was reached; the action 1 higher
 *
 * Cost: width * 4 + 4 + (2 or 4) bytes per state of capacity, and 6 to 12 for the table.
 */
export class ExactStore implements StateStore {
  readonly collisionProbability = 0
  wasNew = false
  readonly #width: number
  readonly #actionCount: number
  #size = 0
  #capacity: number
  #vectors: Int32Array
  #predecessors: Int32Array
  #actions: Uint16Array | Int32Array
  #table: Int32Array

  constructor(width: number, options: ExactStoreOptions) {
    this.#width = width
    this.#actionCount = options.actionCount
    this.#capacity = Math.max(1, options.capacity ?? smallestCapacity)
    this.#vectors = new Int32Array(this.#capacity * width)
    this.#predecessors = new Int32Array(this.#capacity)
    this.#actions = this.#newActions(this.#capacity)
    this.#table = new Int32Array(slotsFor(this.#capacity))
  }

  get size(): number {
    return this.#size
  }

  get capacity(): number {
    return this.#capacity
  }

  get bytes(): number {
    return this.#bytesFor(this.#capacity)
  }

  insert(vectors: Int32Array, offset: number, predecessor: StateIndex, action: number): StateIndex {
    if (this.#size === this.#capacity && !this.grow(Number.POSITIVE_INFINITY)) {
      throw new InternalError('MC901', 'a state was inserted in a full store')
    }
    const slot = this.#slotOf(vectors, offset)
    const known = this.#table[slot] as number
    this.wasNew = known === 0
    if (known !== 0) return (known - 1) as StateIndex
    const index = this.#size++
    const first = index * this.#width
    for (let i = 0; i < this.#width; i++) this.#vectors[first + i] = vectors[offset + i] as number
    this.#predecessors[index] = predecessor
    this.#actions[index] = action + 1
    this.#table[slot] = index + 1
    return index as StateIndex
  }

  find(vectors: Int32Array, offset: number): StateIndex {
    const known = this.#table[this.#slotOf(vectors, offset)] as number
    return known === 0 ? noState : ((known - 1) as StateIndex)
  }

  read(state: StateIndex, into: Int32Array, offset: number): void {
    this.#check(state)
    const first = state * this.#width
    for (let i = 0; i < this.#width; i++) into[offset + i] = this.#vectors[first + i] as number
  }

  predecessorOf(state: StateIndex): StateIndex {
    this.#check(state)
    return this.#predecessors[state] as StateIndex
  }

  actionOf(state: StateIndex): number {
    this.#check(state)
    return (this.#actions[state] as number) - 1
  }

  grow(memory: number): boolean {
    const capacity = this.#nextCapacity(memory)
    if (capacity === undefined) return false
    try {
      const vectors = new Int32Array(capacity * this.#width)
      const predecessors = new Int32Array(capacity)
      const actions = this.#newActions(capacity)
      const table = new Int32Array(slotsFor(capacity))
      vectors.set(this.#vectors)
      predecessors.set(this.#predecessors)
      actions.set(this.#actions)
      this.#vectors = vectors
      this.#predecessors = predecessors
      this.#actions = actions
      this.#table = table
    } catch (error) {
      if (error instanceof RangeError) return false
      throw error
    }
    this.#capacity = capacity
    for (let index = 0; index < this.#size; index++) {
      this.#table[this.#slotOf(this.#vectors, index * this.#width)] = index + 1
    }
    return true
  }

  /** Twice as many, or as many as fit beside the present arrays; undefined if that is hardly more. */
  #nextCapacity(memory: number): number | undefined {
    const allowed = memory - this.bytes
    let capacity = this.#capacity * 2
    while (this.#bytesFor(capacity) > allowed && capacity >= this.#capacity * smallestGrowth) {
      capacity = Math.floor(capacity * 0.95)
    }
    return capacity > this.#capacity && capacity >= this.#capacity * smallestGrowth ? capacity : undefined
  }

  /** Slot that holds the vector, or the empty one where it belongs. */
  #slotOf(vectors: Int32Array, offset: number): number {
    const table = this.#table
    const stored = this.#vectors
    const width = this.#width
    const mask = table.length - 1
    let slot = hashVector(vectors, offset, width) & mask
    for (let known = table[slot] as number; known !== 0; known = table[slot] as number) {
      const first = (known - 1) * width
      let i = 0
      while (i < width && stored[first + i] === vectors[offset + i]) i++
      if (i === width) return slot
      slot = (slot + 1) & mask
    }
    return slot
  }

  #check(state: StateIndex): void {
    if (!(state >= 0 && state < this.#size)) throw new InternalError('MC901', `the store was asked for state ${state}`)
  }

  #newActions(capacity: number): Uint16Array | Int32Array {
    return this.#actionCount <= actionsInTwoBytes ? new Uint16Array(capacity) : new Int32Array(capacity)
  }

  #bytesFor(capacity: number): number {
    const actionBytes = this.#actionCount <= actionsInTwoBytes ? 2 : 4
    return capacity * (this.#width * 4 + 4 + actionBytes) + slotsFor(capacity) * 4
  }
}

/** Slots of a table for so many states: a power of two. */
function slotsFor(capacity: number): number {
  let slots = 2
  while (slots * fullest < capacity) slots *= 2
  return slots
}
