import { compileSystem } from '../../checker/compile/compile.ts'
import type { CompiledSystem } from '../../checker/compile/compiled-system.ts'
import { Successors } from '../../checker/compile/compiled-system.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { StateShape } from '../../model/language/state.ts'
import { elementAt, shapeOf } from '../../model/language/state.ts'
import { questions, questionsAbout } from './questions.ts'
import type { ScheduleMachine } from './schedule-machine.ts'

/** A state of the machine in which nothing moves by itself, and what was done to get there. */
export interface Settled {
  readonly values: Int32Array
  /** Positions of the actions taken on the way, each once. */
  readonly actions: ReadonlySet<number>
}

/** States that one step may go through, at most: more mean that the machine does not settle. */
const mostStates = 20_000

/** Runs a machine step by step, keeping every state it may settle in. */
export class Predictor {
  readonly machine: ScheduleMachine
  readonly shape: StateShape
  readonly #system: CompiledSystem
  readonly #successors: Successors
  readonly #packed: Int32Array
  readonly #answers = { found: 0, premises: 0, isFinal: false }
  /** The state that was asked about last. States are never changed in place. */
  #asked: Int32Array | undefined

  /** Compiles the machine. Throws a DiagnosticError when its system is not valid. */
  constructor(machine: ScheduleMachine) {
    const { system } = machine.program
    const compiled = compileSystem(system, questionsAbout(machine), { renaming: false })
    if (!compiled.ok) throw new DiagnosticError(compiled.diagnostics)
    this.machine = machine
    this.#system = compiled.value
    this.#successors = new Successors(compiled.value.slotCount)
    this.#packed = new Int32Array(compiled.value.wordCount)
    this.shape = shapeOf(system.variables)
  }

  /** Where every thread waits for its first call. */
  initial(): Int32Array {
    const [first] = this.settle(this.#system.initial())
    return first?.values ?? this.#system.initial()
  }

  /** Every state in which the machine may come to rest from here; actions are those of one way there. Throws a ModelError. */
  settle(from: Int32Array): readonly Settled[] {
    const settled: Settled[] = []
    const seen = new Set<string>()
    const open: Settled[] = [{ values: from, actions: new Set() }]
    let steps = 0
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { values, actions } = this.#followOnlyWay(next, () => ++steps)
      // States are told apart at rests and forks only: two ways that meet in between are one from the next of these on.
      const key = this.#keyOf(values)
      if (seen.has(key)) continue
      seen.add(key)
      if (this.#successors.count === 0) settled.push({ values, actions })
      for (let i = 0; i < this.#successors.count; i++) {
        open.push({ values: this.#successor(i), actions: new Set(actions).add(this.#successors.actions[i] ?? -1) })
      }
    }
    return settled
  }

  /** As far as there is one thing to do; afterwards the successors are those of the state returned. */
  #followOnlyWay({ values, actions }: Settled, counted: () => number): Settled {
    const taken = new Set(actions)
    let here = values
    for (;;) {
      this.#system.expand(here, this.#successors)
      if (this.#successors.count !== 1) return { values: here, actions: taken }
      if (counted() > mostStates) throw new Error(`The machine did not settle within ${mostStates} states.`)
      taken.add(this.#successors.actions[0] ?? -1)
      here = this.#successor(0)
    }
  }

  #successor(i: number): Int32Array {
    const begin = i * this.#system.slotCount
    return this.#successors.values.slice(begin, begin + this.#system.slotCount)
  }

  #keyOf(values: Int32Array): string {
    this.#system.pack(values, this.#packed, 0)
    return Buffer.from(this.#packed.buffer).toString('latin1')
  }

  /** The value of a variable, or of the element at these indices. */
  read(values: Int32Array, name: string, ...indices: readonly number[]): number {
    return values[this.#slot(name, indices)] ?? -1
  }

  /** A copy with one value changed. */
  write(values: Int32Array, name: string, indices: readonly number[], value: number): Int32Array {
    const copy = values.slice()
    copy[this.#slot(name, indices)] = value
    return copy
  }

  /** Whether the answer to one of the `questions` about a thread is yes. */
  answer(values: Int32Array, position: number, question: string): boolean {
    if (this.#asked !== values) {
      this.#system.observe(values, this.#answers)
      this.#asked = values
    }
    return ((this.#answers.found >>> (position * questions.length + questions.indexOf(question))) & 1) === 1
  }

  has(name: string): boolean {
    return this.shape.byName.has(name)
  }

  #slot(name: string, indices: readonly number[]): number {
    const declared = this.shape.byName.get(name)
    const element = declared === undefined ? undefined : elementAt(declared.indexedBy, indices)
    if (element === undefined) throw new RangeError(`no element ${name}[${indices.join()}]`)
    return (this.shape.firstSlot.get(name) ?? 0) + element
  }
}
