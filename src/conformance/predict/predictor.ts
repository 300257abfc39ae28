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

/** A state on the way; its values may be followed by others. */
interface Reached {
  readonly values: Int32Array
  readonly way: Way | undefined
  /** Where it is known. */
  readonly key: string | undefined
}

/** The action taken last, and those before it. */
interface Way {
  readonly action: number
  readonly before: Way | undefined
}

/** States that one step may go through, at most: more mean that the machine does not settle. */
const mostStates = 20_000

/** Runs a machine step by step, keeping every state it may settle in. */
export class Predictor {
  readonly machine: ScheduleMachine
  readonly shape: StateShape
  readonly #system: CompiledSystem
  #successors: Successors
  #spare: Successors
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
    this.#spare = new Successors(compiled.value.slotCount)
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
    const open: Reached[] = [{ values: from, way: undefined, key: undefined }]
    let steps = 0
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      // Many ways lead to most states: what has been seen need not be looked at again to find out that it was.
      if (next.key !== undefined && seen.has(next.key)) continue
      const { values, way, key = this.#keyOf(values) } = this.#followOnlyWay(next, () => ++steps)
      // States are told apart at rests and forks only: two ways that meet in between are one from the next of these on.
      if (seen.has(key)) continue
      seen.add(key)
      const successors = this.#successors
      if (successors.count === 0) settled.push({ values: values.slice(), actions: actionsOf(way) })
      for (let i = 0; i < successors.count; i++) {
        const successor = this.#successor(i)
        const reached = this.#keyOf(successor)
        if (!seen.has(reached))
          open.push({ values: successor.slice(), way: { action: successors.actions[i] ?? -1, before: way }, key: reached })
      }
    }
    return settled
  }

  /**
   * As far as there is one thing to do; afterwards the successors are those of the state returned, whose values are good until the next call.
   * Most states are on such ways, and are not copied: one stays where it was put as a successor, and its own are put elsewhere.
   */
  #followOnlyWay(from: Reached, counted: () => number): Reached {
    let { values: here, way: taken, key } = from
    for (;;) {
      this.#system.expand(here, this.#successors)
      if (this.#successors.count !== 1) return { values: here, way: taken, key }
      if (counted() > mostStates) throw new Error(`The machine did not settle within ${mostStates} states.`)
      taken = { action: this.#successors.actions[0] ?? -1, before: taken }
      here = this.#successor(0)
      key = undefined
      const other = this.#spare
      this.#spare = this.#successors
      this.#successors = other
    }
  }

  /** In place: good until the successors of another state are asked for. */
  #successor(i: number): Int32Array {
    const begin = i * this.#system.slotCount
    return this.#successors.values.subarray(begin, begin + this.#system.slotCount)
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

function actionsOf(way: Way | undefined): ReadonlySet<number> {
  const actions = new Set<number>()
  for (let taken = way; taken !== undefined; taken = taken.before) actions.add(taken.action)
  return actions
}
