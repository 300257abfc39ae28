import type { CompiledSystem, StateObservation } from '../compile/compiled-system.ts'
import { Successors } from '../compile/compiled-system.ts'
import type { StateIndex, StateStore } from '../store/state-store.ts'

/**
 * Bytes that `Traps` takes beside the store:
 *
 *     goals[state], reached[state]     bit sets of properties
 *     firstTarget[state]               where its successors begin in `targets`
 *     targets[transition]              successors, state after state
 *     sources[transition]              the same turned round: predecessors, with a second table of where they begin
 */
export function bytesForTraps(states: number, transitions: number): number {
  return 4 * (4 * states + 2 + 2 * transitions)
}

/**
 * The states from which a goal cannot be reached any more, of a system whose reachable states are all in a store: a walk backwards along the
 * transitions from every state that satisfies it. For each `can-always-reach` property, in one pass; sets of properties are bit sets, as in
 * `CompiledSystem`. Fairness is not considered: that a goal can be reached does not say that it is.
 *
 * Cost: every state is expanded once more, and then visited once for each property; see `bytesForTraps` for memory.
 */
export class Traps {
  isOver = false
  readonly #compiled: CompiledSystem
  readonly #store: StateStore
  readonly #properties: number
  readonly #goals: Int32Array
  readonly #reached: Int32Array
  readonly #firstTarget: Int32Array
  readonly #targets: Int32Array
  readonly #successors: Successors
  readonly #observation: StateObservation = { found: 0, premises: 0, isFinal: false }
  readonly #values: Int32Array
  readonly #nextValues: Int32Array
  readonly #vector: Int32Array
  #next = 0
  #targetCount = 0

  /** `properties` is the bit set of those asked for; the store must hold every successor of each of its states. */
  constructor(
    compiled: CompiledSystem,
    store: StateStore,
    { transitions, properties }: { readonly transitions: number; readonly properties: number },
  ) {
    this.#compiled = compiled
    this.#store = store
    this.#properties = properties
    this.#goals = new Int32Array(store.size)
    this.#reached = new Int32Array(store.size)
    this.#firstTarget = new Int32Array(store.size + 1)
    this.#targets = new Int32Array(transitions)
    this.#successors = new Successors(compiled.slotCount)
    this.#values = new Int32Array(compiled.slotCount)
    this.#nextValues = new Int32Array(compiled.slotCount)
    this.#vector = new Int32Array(compiled.wordCount)
  }

  /** Expands one more state; when none is left, walks back from the goals. */
  expandNext(): void {
    if (this.#next < this.#store.size) this.#expand(this.#next++ as StateIndex)
    else this.#walkBack()
  }

  /** The properties whose goal cannot be reached from a state of the store. */
  at(state: number): number {
    return this.#properties & ~(this.#reached[state] as number)
  }

  #expand(state: StateIndex): void {
    this.#store.read(state, this.#vector, 0)
    this.#compiled.unpack(this.#vector, 0, this.#values)
    this.#compiled.observe(this.#values, this.#observation)
    this.#goals[state] = this.#observation.found & this.#properties
    this.#compiled.expand(this.#values, this.#successors)
    const { count, values, slotCount } = this.#successors
    for (let i = 0; i < count; i++) {
      for (let slot = 0; slot < slotCount; slot++) this.#nextValues[slot] = values[i * slotCount + slot] as number
      this.#compiled.pack(this.#nextValues, this.#vector, 0)
      this.#targets[this.#targetCount++] = this.#store.find(this.#vector, 0)
    }
    this.#firstTarget[state + 1] = this.#targetCount
  }

  #walkBack(): void {
    const { firstSource, sources } = this.#turnedRound()
    const reached = this.#reached
    const open: number[] = []
    for (let state = 0; state < reached.length; state++) {
      reached[state] = this.#goals[state] as number
      if (reached[state] !== 0) open.push(state)
    }
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      const bits = reached[state] as number
      for (let i = firstSource[state] as number; i < (firstSource[state + 1] as number); i++) {
        const source = sources[i] as number
        const before = reached[source] as number
        reached[source] = before | bits
        if (reached[source] !== before) open.push(source)
      }
    }
    this.isOver = true
  }

  /** Predecessors instead of successors. */
  #turnedRound(): { readonly firstSource: Int32Array; readonly sources: Int32Array } {
    const states = this.#store.size
    const firstSource = new Int32Array(states + 1)
    for (let i = 0; i < this.#targetCount; i++) {
      const after = (this.#targets[i] as number) + 1
      firstSource[after] = (firstSource[after] as number) + 1
    }
    for (let state = 0; state < states; state++) {
      firstSource[state + 1] = (firstSource[state + 1] as number) + (firstSource[state] as number)
    }
    const sources = new Int32Array(this.#targetCount)
    const filled = firstSource.slice()
    for (let state = 0; state < states; state++) {
      for (let i = this.#firstTarget[state] as number; i < (this.#firstTarget[state + 1] as number); i++) {
        const target = this.#targets[i] as number
        const place = filled[target] as number
        sources[place] = state
        filled[target] = place + 1
      }
    }
    return { firstSource, sources }
  }
}
