import { compileSystem } from '../../checker/compile/compile.ts'
import type { CompiledSystem } from '../../checker/compile/compiled-system.ts'
import { Successors } from '../../checker/compile/compiled-system.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { Formula } from '../../model/language/builder.ts'
import { evaluate } from '../../model/language/evaluate.ts'
import type { State, StateShape } from '../../model/language/state.ts'
import { elementAt, shapeOf } from '../../model/language/state.ts'
import type { Variable } from '../../model/language/variable.ts'
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
  readonly #variables: ReadonlyMap<string, Variable>
  /** The state that was asked about last, as `evaluate` takes it. States are never changed in place. */
  #asked: { readonly values: Int32Array; readonly state: State } | undefined

  /** Compiles the machine. Throws a DiagnosticError when its system is not valid. */
  constructor(machine: ScheduleMachine) {
    const { system } = machine.program
    const compiled = compileSystem(system, [], { renaming: false })
    if (!compiled.ok) throw new DiagnosticError(compiled.diagnostics)
    this.machine = machine
    this.#system = compiled.value
    this.#successors = new Successors(compiled.value.slotCount)
    this.shape = shapeOf(system.variables)
    this.#variables = this.shape.byName
  }

  initial(): Settled {
    const [first] = this.settle(this.#system.initial())
    return first ?? { values: this.#system.initial(), actions: new Set() }
  }

  /** Every state in which the machine may come to rest from here; actions are those of one way there. Throws a ModelError. */
  settle(from: Int32Array): readonly Settled[] {
    const settled: Settled[] = []
    const seen = new Set([from.join()])
    const open: Settled[] = [{ values: from, actions: new Set() }]
    for (let here = open.pop(); here !== undefined; here = open.pop()) {
      this.#system.expand(here.values, this.#successors)
      if (this.#successors.count === 0) settled.push(here)
      if (seen.size > mostStates) throw new Error(`The machine did not settle within ${mostStates} states.`)
      for (let i = 0; i < this.#successors.count; i++) {
        const begin = i * this.#system.slotCount
        const values = this.#successors.values.slice(begin, begin + this.#system.slotCount)
        const key = values.join()
        if (seen.has(key)) continue
        seen.add(key)
        open.push({ values, actions: new Set(here.actions).add(this.#successors.actions[i] ?? -1) })
      }
    }
    return settled
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

  /** Whether a formula holds in a state. */
  holds(values: Int32Array, formula: Formula): boolean {
    const { system } = this.machine.program
    // Many questions are asked of one state in a row: converting it is most of what an answer costs.
    if (this.#asked?.values !== values) this.#asked = { values, state: Array.from(values) }
    return evaluate(formula, { shape: this.shape, system, state: this.#asked.state }) !== 0
  }

  has(name: string): boolean {
    return this.#variables.has(name)
  }

  #slot(name: string, indices: readonly number[]): number {
    const declared = this.#variables.get(name)
    const element = declared === undefined ? undefined : elementAt(declared.indexedBy, indices)
    if (element === undefined) throw new RangeError(`no element ${name}[${indices.join()}]`)
    return (this.shape.firstSlot.get(name) ?? 0) + element
  }
}
