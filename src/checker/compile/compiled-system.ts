import type { PrintedModule } from './webassembly/print-module.ts'

/**
 * What exploring needs of a transition system with its properties: the interface behind which the interpreter and the generated code are
 * interchangeable. States travel unpacked, one 32-bit integer per slot (`StateShape` order), and are stored packed.
 *
 * Properties are numbered as given to the check; a set of them is a bit set (bit p is property p), so a check takes at most 31.
 */
export interface CompiledSystem {
  /** Values per unpacked state. */
  readonly slotCount: number
  /** 32-bit words per packed state vector. */
  readonly wordCount: number
  /** A new array with the initial state's values. */
  initial(): Int32Array
  /** Writes the state vector of `values` at word `offset` of `vectors`. */
  pack(values: Int32Array, vectors: Int32Array, offset: number): void
  /** Reads the state vector at word `offset` of `vectors` into `values`. */
  unpack(vectors: Int32Array, offset: number, values: Int32Array): void
  /**
   * Replaces `into` by the successors of a state, in order of actions. Throws a ModelError when the model goes wrong in the state.
   * `values` is left as it was.
   */
  expand(values: Int32Array, into: Successors): void
  /** What the properties say of the state itself: invariants violated, goals satisfied, premises that hold (state formulas only). */
  observe(values: Int32Array, into: StateObservation): void
  /**
   * The actions of a run in which everybody keeps their place, for those that lead through states in which interchangeable processes were put
   * into order. Cost: one transition by the reference semantics for each.
   */
  concreteActions(actions: readonly number[]): readonly number[]
  /** The same as a WebAssembly module for so many threads, or why there is none; missing where there can be none. */
  printModule?(threads: number): PrintedModule | { readonly reason: string }
}

export interface StateObservation {
  /** Invariants the state violates, and goals it satisfies of `reachable` and `can-always-reach` properties. */
  found: number
  premises: number
  /** Whether stopping here is intended. */
  isFinal: boolean
}

/** The transitions out of one state. Buffers are reused and grow; only the first `count` entries mean anything. */
export class Successors {
  count = 0
  /** Position of the action taken in the system's list. */
  actions: Int32Array = new Int32Array(16)
  /** Bit set of the forbidden-transition properties the transition violates. */
  found: Int32Array = new Int32Array(16)
  /** Bit set of the properties whose premise (a transition formula) the transition satisfies. */
  premises: Int32Array = new Int32Array(16)
  /** Values of the successors, one after the other. */
  values: Int32Array
  readonly slotCount: number

  constructor(slotCount: number) {
    this.slotCount = slotCount
    this.values = new Int32Array(16 * slotCount)
  }

  /** Makes room for at least one more successor. */
  reserve(): void {
    if (this.count < this.actions.length) return
    this.actions = grown(this.actions)
    this.found = grown(this.found)
    this.premises = grown(this.premises)
    this.values = grown(this.values)
  }
}

function grown(array: Int32Array): Int32Array {
  const next = new Int32Array(array.length * 2)
  next.set(array)
  return next
}
