import type { Checked } from '../../foundation/diagnostic.ts'
import { ModelError } from '../../model/language/model-error.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Property } from '../../properties/language/property.ts'
import type { CompiledSystem, StateObservation } from '../compile/compiled-system.ts'
import { Successors } from '../compile/compiled-system.ts'
import type { SearchLimits } from '../search-limits.ts'
import { validateLimits } from '../search-limits.ts'
import type { Progress, Surveillance } from '../search-watch.ts'
import { SearchWatch, statesPerLook } from '../search-watch.ts'
import { ExactStore } from '../store/exact-store.ts'
import { makeRoom } from '../store/make-room.ts'
import type { StateIndex, StateStore } from '../store/state-store.ts'
import { noAction, noState } from '../store/state-store.ts'
import type { Trace } from '../trace/trace.ts'
import { countContextSwitches, traceOf } from '../trace/trace.ts'
import type { Limit } from '../verdict.ts'
import type { FoundTraps } from './breadth-first.ts'
import { findTraps } from './breadth-first.ts'
import { canAlwaysReach } from './evaluate-properties.ts'
import { noRun, RunTable } from './run-table.ts'

export interface ShortestTraceOptions extends Surveillance {
  /** `compileSystem` or `interpretedSystem`. */
  readonly compile: (
    system: TransitionSystem,
    properties: readonly Property[],
    options: { readonly renaming: boolean },
  ) => Checked<CompiledSystem>
  readonly limits: SearchLimits
}

export type ShortestTrace =
  | { readonly kind: 'found'; readonly trace: Trace; readonly stepCount: number; readonly contextSwitches: number }
  /** Every reachable state was seen: there is no such trace. */
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided'; readonly limit: Limit }

/**
 * Finds, for each property, the trace that violates it (or reaches its goal) with the fewest steps; among those, with the fewest context
 * switches; among those, the one whose actions come first in declaration order, compared step by step.
 *
 * Works layer by layer on *runs*: a state with the process that acted last. A state is of interest at its least depth only, as a trace
 * through it later could be cut, so the runs of a layer are those of its new states. They are visited in order of their actions: whatever
 * arrives somewhere first, with the fewest switches, also comes first in declaration order. A property is done with the first layer that
 * shows its violation. Cost: one expansion per run, for all properties together; memory is that of ExactStore and RunTable.
 */
export async function findShortestTraces(
  system: TransitionSystem,
  properties: readonly Property[],
  options: ShortestTraceOptions,
): Promise<Checked<readonly ShortestTrace[]>> {
  const diagnostics = validateLimits(options.limits, { hasClock: options.now !== undefined })
  if (diagnostics.length > 0) return { ok: false, diagnostics }
  const compiled = options.compile(system, properties, { renaming: false })
  if (!compiled.ok) return compiled
  const watch = new SearchWatch(options.limits, options)
  const ends = canAlwaysReach(properties)
  const searchOptions = { limits: options.limits, watch, stopAt: 'end', actionCount: system.actions.length } as const
  const traps = ends === 0 ? undefined : await findTraps(compiled.value, properties, searchOptions)
  const told = traps === undefined ? compiled.value : withTraps(compiled.value, ends, traps)
  const search = new ShortestTraceSearch(told, system, properties, options.limits)
  if (traps?.kind === 'undecided') search.concludeThese(ends, traps)
  search.begin()
  while (search.isOpen) {
    const limit = await watch.look(() => search.progress)
    if (limit !== undefined) search.conclude({ kind: 'undecided', limit })
    else search.visitSome(statesPerLook)
  }
  return { ok: true, value: search.results.map((result) => describe(system, result)) }
}

/** The same system, whose states show as found the properties whose goal cannot be reached from them any more. */
function withTraps(compiled: CompiledSystem, ends: number, traps: FoundTraps): CompiledSystem {
  return {
    ...compiled,
    observe: (values, into) => {
      compiled.observe(values, into)
      into.found = (into.found & ~ends) | (traps.kind === 'found' ? traps.at(values) : 0)
    },
  }
}

/** Actions of a trace, or why there is none. */
type Found = readonly number[] | Exclude<ShortestTrace, { kind: 'found' }>

function describe(system: TransitionSystem, result: Found): ShortestTrace {
  if ('kind' in result) return result
  const trace = traceOf(system, result)
  return { kind: 'found', trace, stepCount: trace.steps.length, contextSwitches: countContextSwitches(trace) }
}

/** A way to show a violation in a run of this layer, or by an action out of it. */
interface Sighting {
  readonly run: number
  readonly action: number
  readonly switches: number
}

class ShortestTraceSearch {
  readonly #results: (Found | undefined)[]
  readonly #compiled: CompiledSystem
  readonly #system: TransitionSystem
  readonly #properties: readonly Property[]
  readonly #limits: SearchLimits
  readonly #store: StateStore
  readonly #runs: RunTable
  readonly #successors: Successors
  readonly #observation: StateObservation = { found: 0, premises: 0, isFinal: false }
  readonly #values: Int32Array
  readonly #nextValues: Int32Array
  readonly #vector: Int32Array
  #depth = 0
  #transitions = 0
  /** States from here on belong to the next layer. */
  #nextLayer = 0
  /** States of the next layer that show violations, with the bit set of their properties. */
  readonly #shown = new Map<number, number>()
  /** The best sighting in this layer, by property. */
  readonly #best: (Sighting | undefined)[]
  /** What ends the search after this layer unless it shows the violation. */
  #limit: Limit | undefined
  #modelError: Limit | undefined

  constructor(compiled: CompiledSystem, system: TransitionSystem, properties: readonly Property[], limits: SearchLimits) {
    this.#compiled = compiled
    this.#system = system
    this.#properties = properties
    this.#results = properties.map(() => undefined)
    this.#best = properties.map(() => undefined)
    this.#limits = limits
    this.#store = new ExactStore(compiled.wordCount, { actionCount: system.actions.length })
    this.#runs = new RunTable(system.processes.length)
    this.#successors = new Successors(compiled.slotCount)
    this.#values = new Int32Array(compiled.slotCount)
    this.#nextValues = new Int32Array(compiled.slotCount)
    this.#vector = new Int32Array(compiled.wordCount)
  }

  /** Whether the search still looks for something. */
  get isOpen(): boolean {
    return this.#results.includes(undefined)
  }

  /** In the order of the properties, once nothing is open. */
  get results(): readonly Found[] {
    return this.#results.map((result) => result ?? { kind: 'none' })
  }

  /** Ends the search for every property that is still open. */
  conclude(found: Found): void {
    for (const [property, result] of this.#results.entries()) this.#results[property] = result ?? found
  }

  /** Ends the search for these properties, a bit set. */
  concludeThese(properties: number, found: Found): void {
    for (const property of this.#results.keys()) if (((properties >>> property) & 1) === 1) this.#results[property] ??= found
  }

  get progress(): Progress {
    const { size } = this.#store
    return {
      distinctStates: size,
      transitions: this.#transitions,
      depth: this.#depth,
      frontierSize: size - this.#nextLayer,
    }
  }

  begin(): void {
    this.#nextValues.set(this.#compiled.initial())
    this.#compiled.pack(this.#nextValues, this.#vector, 0)
    const state = this.#insert()
    this.#runs.arrive(this.#runs.runOf(state, 0), noRun, noAction, 0)
    this.#endLayer()
  }

  visitSome(count: number): void {
    for (let i = 0; i < count && this.isOpen; i++) {
      const run = this.#runs.next()
      if (run === noRun) {
        this.#depth++
        this.#endLayer()
      } else {
        this.#visit(run)
      }
    }
  }

  #visit(run: number): void {
    this.#store.read(this.#runs.stateOf(run) as StateIndex, this.#vector, 0)
    this.#compiled.unpack(this.#vector, 0, this.#values)
    try {
      this.#compiled.expand(this.#values, this.#successors)
    } catch (error) {
      this.#noteModelError(error)
      return
    }
    if (this.#successors.count === 0) this.#judgeStop(run)
    else this.#visitSuccessors(run)
  }

  #judgeStop(run: number): void {
    const deadlocks = this.#properties.reduce((bits, { kind }, property) => (kind === 'no-deadlock' ? bits | (1 << property) : bits), 0)
    if (deadlocks === 0) return
    this.#compiled.observe(this.#values, this.#observation)
    if (!this.#observation.isFinal) this.#consider(deadlocks, { run, action: noAction, switches: this.#runs.switchesOf(run) })
  }

  #visitSuccessors(run: number): void {
    const { count, actions, found, values, slotCount } = this.#successors
    this.#transitions += count
    for (let i = 0; i < count; i++) {
      const action = actions[i] as number
      const process = this.#system.actions[action]?.process ?? 0
      const isSwitch = this.#depth > 0 && process !== this.#runs.processOf(run)
      const switches = this.#runs.switchesOf(run) + (isSwitch ? 1 : 0)
      if (found[i] !== 0) this.#consider(found[i] as number, { run, action, switches })
      for (let slot = 0; slot < slotCount; slot++) this.#nextValues[slot] = values[i * slotCount + slot] as number
      this.#compiled.pack(this.#nextValues, this.#vector, 0)
      const state = this.#stateOfNextLayer()
      if (state !== noState) this.#runs.arrive(this.#runs.runOf(state, process), run, action, switches)
    }
  }

  #consider(shown: number, sighting: Sighting): void {
    for (const [property, result] of this.#results.entries()) {
      if (result !== undefined || ((shown >>> property) & 1) === 0) continue
      const best = this.#best[property]
      if (best === undefined || sighting.switches < best.switches) this.#best[property] = sighting
    }
  }

  /** The state in `#nextValues` and `#vector`; `noState` if it is of an earlier layer, or beyond a limit. */
  #stateOfNextLayer(): StateIndex {
    const known = this.#store.find(this.#vector, 0)
    if (known !== noState) return known >= this.#nextLayer ? known : noState
    this.#limit ??= this.#limitOnInserting()
    return this.#limit === undefined ? this.#insert() : noState
  }

  #limitOnInserting(): Limit | undefined {
    const { depth, memory } = this.#limits
    if (depth !== undefined && this.#depth >= depth) return { kind: 'depth', value: depth }
    if (memory === undefined || this.#store.size < this.#store.capacity) return makeRoom(this.#store, this.#limits)
    const forRuns = this.#runs.bytesFor(this.#store.capacity * 3)
    const limit = makeRoom(this.#store, { ...this.#limits, memory: memory - forRuns })
    return limit?.kind === 'memory' ? { kind: 'memory', value: memory } : limit
  }

  #insert(): StateIndex {
    const state = this.#store.insert(this.#vector, 0, noState, noAction)
    try {
      this.#compiled.observe(this.#nextValues, this.#observation)
      if (this.#observation.found !== 0) this.#shown.set(state, this.#observation.found)
    } catch (error) {
      this.#noteModelError(error)
    }
    return state
  }

  /** Concludes from a finished layer, or goes on to the next one. */
  #endLayer(): void {
    this.#concludeFound()
    // With states missing from the next layer, a trace into it need not have the fewest switches.
    if (this.#limit === undefined) {
      this.#considerArrived()
      this.#concludeFound()
    }
    const limit = this.#limit ?? this.#modelError
    if (limit !== undefined) this.conclude({ kind: 'undecided', limit })
    else if (!this.#runs.startLayer()) this.conclude({ kind: 'none' })
    this.#nextLayer = this.#store.size
  }

  #considerArrived(): void {
    if (this.#shown.size === 0) return
    for (const run of this.#runs.arrived()) {
      const shown = this.#shown.get(this.#runs.stateOf(run))
      if (shown !== undefined) this.#consider(shown, { run, action: noAction, switches: this.#runs.switchesOf(run) })
    }
    this.#shown.clear()
  }

  #concludeFound(): void {
    for (const [property, best] of this.#best.entries()) {
      if (best === undefined) continue
      const actions = this.#runs.actionsTo(best.run)
      this.#results[property] ??= best.action === noAction ? actions : [...actions, best.action]
      this.#best[property] = undefined
    }
  }

  /** A state where the model goes wrong leads nowhere; the rest of its layer may still show the violation. */
  #noteModelError(error: unknown): void {
    if (!(error instanceof ModelError)) throw error
    this.#modelError ??= { kind: 'model-error', code: error.code }
  }
}
