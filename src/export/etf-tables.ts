import { compileSystem } from '../checker/compile/compile.ts'
import { Successors } from '../checker/compile/compiled-system.ts'
import { ExactStore } from '../checker/store/exact-store.ts'
import type { StateIndex } from '../checker/store/state-store.ts'
import { noAction, noState } from '../checker/store/state-store.ts'
import type { Checked, Diagnostic } from '../foundation/diagnostic.ts'
import { InternalError } from '../foundation/diagnostic.ts'
import { slotAccessesOf, slotsRead } from '../model/language/accesses.ts'
import { lowestValue } from '../model/language/domain.ts'
import type { Expression } from '../model/language/expression.ts'
import { ModelError } from '../model/language/model-error.ts'
import type { StateShape } from '../model/language/state.ts'
import { shapeOf } from '../model/language/state.ts'
import type { ForbiddenTransition, Property } from '../properties/language/property.ts'
import type { Table } from './etf-table.ts'
import { GrowingTable } from './etf-table.ts'
import type { PreparedAction, PreparedModel } from './prepare.ts'

/** All reachable transitions, as relations over the slots that they depend on and change; slots that never change are in no relation. */
export interface Tables {
  readonly states: number
  /** One for each action, in order; without rows where it never happens. */
  readonly actions: readonly { readonly prepared: PreparedAction; readonly table: Table }[]
  /** Transitions that a property forbids, where there are any. */
  readonly violations: readonly { readonly property: ForbiddenTransition; readonly prepared: PreparedAction; readonly table: Table }[]
  /** States in which stopping is intended. */
  readonly final: Table
  readonly invariants: readonly { readonly property: Property; readonly table: Table }[]
}

/** When enumerating is given up. */
export interface TableLimits {
  readonly states: number
  /** Values in all rows, also those that stay as they are. */
  readonly entries: number
}

/** As many as take a minute and some hundred megabytes of text. */
export const usualTableLimits: TableLimits = Object.freeze({ states: 2_000_000, entries: 100_000_000 })

/**
 * Visits every reachable state and takes down what each action does to the slots it depends on. An action that is enabled with these values is
 * enabled in every state that has them, and does the same: so the tables lead to exactly the reachable states. MC801 where the model goes wrong in a
 * run, MC803 beyond the limits. Cost: a search, and for each transition a look into a table.
 */
export function tabulate(model: PreparedModel, limits: TableLimits): Checked<Tables> {
  const { system } = model
  const invariants = model.invariants.map(({ property }) => property)
  const compiled = compileSystem(system, [...model.forbidden, ...invariants], { renaming: false })
  if (!compiled.ok) return compiled
  const shape = shapeOf(system.variables)
  const search = new Tabulation(model, shape, limits)
  const { initial, pack, unpack, expand, observe, slotCount, wordCount } = compiled.value
  const store = new ExactStore(wordCount, { actionCount: system.actions.length })
  const vector = new Int32Array(wordCount)
  const values = initial()
  const successors = new Successors(slotCount)
  const observation = { found: 0, premises: 0, isFinal: false }
  try {
    pack(values, vector, 0)
    store.insert(vector, 0, noState, noAction)
    for (let next = 0; next < store.size; next++) {
      store.read(next as StateIndex, vector, 0)
      unpack(vector, 0, values)
      observe(values, observation)
      search.state(values, observation.found, observation.isFinal)
      expand(values, successors)
      for (let i = 0; i < successors.count; i++) {
        const after = successors.values.subarray(i * slotCount, (i + 1) * slotCount)
        search.transition(values, successors.actions[i] as number, { after, found: successors.found[i] as number })
        pack(after, vector, 0)
        store.insert(vector, 0, next as StateIndex, successors.actions[i] as number)
      }
      if (store.size > limits.states || search.entries > limits.entries) return { ok: false, diagnostics: [search.tooLarge(store.size)] }
    }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    return { ok: false, diagnostics: [goesWrong(error)] }
  }
  return { ok: true, value: search.tables(store.size) }
}

class Tabulation {
  /** Values in all rows so far. */
  entries = 0
  readonly #model: PreparedModel
  readonly #limits: TableLimits
  readonly #width: number
  readonly #lowest: Int32Array
  readonly #initial: Int32Array
  /** 1 for each slot that has another value than at first in some state. */
  readonly #varies: Uint8Array
  readonly #actions: readonly GrowingTable[]
  readonly #violations: readonly (readonly GrowingTable[])[]
  readonly #final: GrowingTable
  readonly #invariants: readonly GrowingTable[]

  constructor(model: PreparedModel, shape: StateShape, limits: TableLimits) {
    this.#model = model
    this.#limits = limits
    this.#width = shape.domains.length
    this.#lowest = Int32Array.from(shape.domains, lowestValue)
    this.#initial = Int32Array.from(shape.initial)
    this.#varies = new Uint8Array(this.#width)
    const read = (formula: Expression): readonly number[] => [...slotsRead(shape, formula)]
    this.#actions = model.actions.map(({ action }) => {
      // Events change nothing, and what a property sees of them has a table of its own.
      const { reads, writes } = slotAccessesOf(model.system, shape, { ...action, events: [] })
      return new GrowingTable('steps', [...reads, ...writes])
    })
    this.#violations = model.actions.map(({ forbidden }, i) =>
      model.forbidden.map(({ name }) => {
        const conditions = forbidden.filter(({ property }) => property.name === name).map(({ condition }) => condition)
        return new GrowingTable('steps', [...(this.#actions[i]?.slots ?? []), ...conditions.flatMap(read)])
      }),
    )
    this.#final = new GrowingTable('steps', read(model.final))
    this.#invariants = model.invariants.map(({ holds }) => new GrowingTable('truths', read(holds)))
  }

  state(values: Int32Array, found: number, isFinal: boolean): void {
    const { forbidden } = this.#model
    for (let slot = 0; slot < this.#width; slot++) if (values[slot] !== this.#initial[slot]) this.#varies[slot] = 1
    if (isFinal) this.#put(this.#final, values, values)
    for (let i = 0; i < this.#invariants.length; i++) {
      this.#put(this.#invariants[i], values, ((found >> (forbidden.length + i)) & 1) === 0)
    }
  }

  transition(values: Int32Array, action: number, { after, found }: { readonly after: Int32Array; readonly found: number }): void {
    this.#put(this.#actions[action], values, after)
    for (let rest = found, i = 0; rest !== 0; rest >>>= 1, i++) {
      if (rest & 1) this.#put(this.#violations[action]?.[i], values, after)
    }
  }

  #put(table: GrowingTable | undefined, values: Int32Array, to: Int32Array | boolean): void {
    if (table?.put(values, to, this.#lowest)) this.entries += this.#width
  }

  tables(states: number): Tables {
    const narrow = (table: GrowingTable | undefined): Table => table?.narrowed(this.#varies) ?? missing()
    return {
      states,
      actions: this.#model.actions.map((prepared, i) => ({ prepared, table: narrow(this.#actions[i]) })),
      violations: this.#model.actions.flatMap((prepared, i) =>
        this.#model.forbidden.flatMap((property, position) => {
          const table = this.#violations[i]?.[position]
          return table === undefined || table.rows.size === 0 ? [] : [{ property, prepared, table: narrow(table) }]
        }),
      ),
      final: narrow(this.#final),
      invariants: this.#model.invariants.map(({ property }, i) => ({ property, table: narrow(this.#invariants[i]) })),
    }
  }

  /** Names the action with the longest table, as it is what to change first. */
  tooLarge(states: number): Diagnostic {
    const lengths = this.#actions.map(({ rows }) => rows.size)
    const longest = lengths.indexOf(Math.max(...lengths))
    const name = this.#model.actions[longest]?.action.name ?? ''
    const sizes = `${states} states and tables of ${this.entries} values so far, ${lengths[longest]} rows for this action`
    return {
      code: 'MC803',
      message: `found ${sizes}; expected at most ${this.#limits.states} states and ${this.#limits.entries} values, as etf lists them all`,
      hint: 'Take fewer threads, interpreters or rounds, or choose promela, murphi or tla, which say what an action does instead of listing it.',
      place: [`action ${name}`],
    }
  }
}

function goesWrong({ message, place }: ModelError): Diagnostic {
  return {
    code: 'MC801',
    message: `the model goes wrong in it (${message}), and etf has no way to say an error`,
    hint: 'Correct the model, or choose promela, murphi or tla, in which it is an error as well.',
    place: [place],
  }
}

function missing(): never {
  throw new InternalError('MC901', 'a table is missing')
}
