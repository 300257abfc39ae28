import { DiagnosticError, InternalError } from '../../foundation/diagnostic.ts'
import { ModelError } from '../../model/language/model-error.ts'
import type { Property } from '../../properties/language/property.ts'
import type { CompiledSystem, StateObservation } from '../compile/compiled-system.ts'
import { Successors } from '../compile/compiled-system.ts'
import { noWebAssembly } from '../no-web-assembly.ts'
import type { Progress } from '../search-watch.ts'
import { statesPerLook } from '../search-watch.ts'
import { ExactStore } from '../store/exact-store.ts'
import { makeRoom } from '../store/make-room.ts'
import type { StateIndex, StateStore } from '../store/state-store.ts'
import { noAction, noState } from '../store/state-store.ts'
import { actionsTo } from '../trace/rebuild.ts'
import type { Coverage, Limit } from '../verdict.ts'
import type { Finding } from './evaluate-properties.ts'
import { canAlwaysReach, Findings } from './evaluate-properties.ts'
import { Frontier } from './frontier.ts'
import { LinearExpansion } from './linear-expansion.ts'
import type { SearchOptions, SearchOutcome } from './search.ts'
import { bytesForTraps, Traps } from './traps.ts'

/**
 * Visits every reachable state, nearest first, so each finding has a trace of fewest steps in the system as compiled. Goes on after a
 * violation unless told otherwise. Cost: one expansion per state; see ExactStore for memory.
 */
export async function exploreBreadthFirst(
  compiled: CompiledSystem,
  properties: readonly Property[],
  options: SearchOptions,
): Promise<SearchOutcome> {
  return (await search(compiled, properties, options)).outcome()
}

export type FoundTraps =
  | { readonly kind: 'found'; readonly at: (values: Int32Array) => number }
  | { readonly kind: 'undecided'; readonly limit: Limit }

/** For each reachable state, by its values, the `can-always-reach` properties whose goal cannot be reached from it; or the limit hit first. */
export async function findTraps(compiled: CompiledSystem, properties: readonly Property[], options: SearchOptions): Promise<FoundTraps> {
  return (await search(compiled, properties, options)).traps()
}

async function search(compiled: CompiledSystem, properties: readonly Property[], options: SearchOptions): Promise<BreadthFirstSearch> {
  const running = new BreadthFirstSearch(compiled, properties, options)
  running.begin()
  // Whether they can be started is seen when they are needed.
  if (options.handOver !== undefined) options.helpers?.prepare?.().catch(() => undefined)
  try {
    while (!running.isOver) {
      const limit = await options.watch.look(() => running.progress)
      if (limit !== undefined) {
        running.stop(limit)
        continue
      }
      if (running.size >= (options.handOver?.at ?? Number.POSITIVE_INFINITY)) await running.handOver()
      running.expandSome(statesPerLook)
    }
  } finally {
    running.end()
  }
  return running
}

class BreadthFirstSearch {
  isOver = false
  readonly #compiled: CompiledSystem
  readonly #options: SearchOptions
  readonly #properties: readonly Property[]
  #store: StateStore
  /** Once the search is a large one. */
  #linear: LinearExpansion | undefined
  #wasHandedOver = false
  readonly #frontier: Frontier
  readonly #findings: Findings
  readonly #successors: Successors
  readonly #observation: StateObservation = { found: 0, premises: 0, isFinal: false }
  readonly #taken: Uint8Array
  /** The state being expanded, and one of its successors. */
  readonly #values: Int32Array
  readonly #nextValues: Int32Array
  readonly #vector: Int32Array
  readonly #depthLimit: number
  /** States that may be stored before `makeRoom` has to be asked. */
  #room = 0
  #transitions = 0
  #deepest = 0
  #limit: Limit | undefined
  /** State that was being judged or expanded last; where a ModelError belongs. */
  #at = 0 as StateIndex
  #modelError: ModelError | undefined
  /** Once every state was seen, and only where a property asks for it. */
  #traps: Traps | undefined

  constructor(compiled: CompiledSystem, properties: readonly Property[], options: SearchOptions) {
    this.#compiled = compiled
    this.#properties = properties
    this.#options = options
    this.#store = new ExactStore(compiled.wordCount, { actionCount: options.actionCount })
    this.#frontier = new Frontier(this.#store)
    this.#findings = new Findings(properties)
    this.#successors = new Successors(compiled.slotCount)
    this.#taken = new Uint8Array(options.actionCount)
    this.#values = new Int32Array(compiled.slotCount)
    this.#nextValues = new Int32Array(compiled.slotCount)
    this.#vector = new Int32Array(compiled.wordCount)
    this.#depthLimit = options.limits.depth ?? Number.POSITIVE_INFINITY
  }

  get size(): number {
    return this.#store.size
  }

  get progress(): Progress {
    return {
      distinctStates: this.#store.size,
      transitions: this.#transitions,
      depth: this.#deepest,
      frontierSize: this.#frontier.size,
    }
  }

  begin(): void {
    this.#nextValues.set(this.#compiled.initial())
    this.#compiled.pack(this.#nextValues, this.#vector, 0)
    this.#stopAtModelError(() => this.#insertNew(noState, noAction, 0))
  }

  /** Goes on in WebAssembly, if it can; tried once. */
  async handOver(): Promise<void> {
    if (this.#wasHandedOver || this.#frontier.size === 0) return
    this.#wasHandedOver = true
    const expanded = this.#store.size - this.#frontier.size
    const from = { store: this.#store, expanded }
    const linear = await LinearExpansion.takeOver(this.#compiled, from, { properties: this.#properties, ...this.#options })
    if ('reason' in linear) {
      if (this.#options.handOver?.isRequired) throw new DiagnosticError([noWebAssembly(linear.reason)])
      return
    }
    this.#linear = linear
    this.#store = this.#linear.store
    this.#frontier.moveTo(this.#store)
    this.#room = this.#roomInStore()
  }

  /** Lets other threads go. */
  end(): void {
    this.#linear?.end()
  }

  stop(limit: Limit): void {
    this.#limit = limit
    this.isOver = true
  }

  expandSome(count: number): void {
    this.#stopAtModelError(() => {
      for (let done = 0; done < count && !this.isOver; ) {
        const expanded = this.#traps === undefined ? this.#expandMany(count - done) : 0
        done += Math.max(1, expanded)
        if (expanded > 0) continue
        if (this.#traps === undefined) this.#expandNext()
        else this.#seekTraps(this.#traps)
      }
    })
  }

  /** Leaves to `expandNext` whatever is out of the ordinary; says how many states were expanded. */
  #expandMany(count: number): number {
    const linear = this.#linear
    const { first, last, depth } = this.#frontier.layer()
    if (linear === undefined || first === last || depth >= this.#depthLimit || linear.refuses(first)) return 0
    if (this.#findings.reasonToStop(this.#options.stopAt) !== undefined) return 0
    const { size } = this.#store
    const together = linear.expandTogether(first, last, this.#room, this.#findings)
    const { next, transitions } = together ?? linear.expand(first, Math.min(last, first + count), this.#room, this.#findings)
    this.#transitions += transitions
    if (this.#store.size > size) this.#deepest = Math.max(this.#deepest, depth + 1)
    this.#frontier.shiftUpTo(next)
    if (next === first && this.#grows()) return this.#expandMany(count)
    return next - first
  }

  /** More room before there is none, unless there never will be. */
  #grows(): boolean {
    const { memory, states } = this.#options.limits
    if (this.#room === states || !this.#store.grow(memory ?? Number.POSITIVE_INFINITY)) return false
    this.#room = this.#roomInStore()
    return true
  }

  #roomInStore(): number {
    return Math.min(this.#store.capacity, this.#options.limits.states ?? this.#store.capacity)
  }

  #expandNext(): void {
    if (this.#frontier.size === 0) {
      this.#endOfStates()
      return
    }
    const reason = this.#findings.reasonToStop(this.#options.stopAt)
    if (reason !== undefined) {
      this.stop(reason)
      return
    }
    const state = this.#frontier.shift()
    this.#at = state
    this.#store.read(state, this.#vector, 0)
    this.#compiled.unpack(this.#vector, 0, this.#values)
    this.#compiled.expand(this.#values, this.#successors)
    if (this.#successors.count === 0) this.#judgeStop(state)
    else this.#visitSuccessors(state, this.#frontier.depth + 1)
    this.#noteExpanded(state)
  }

  #noteExpanded(state: StateIndex): void {
    if (this.#linear?.refuses(state)) {
      throw new InternalError('MC901', `generated WebAssembly failed in state ${state} where generated JavaScript does not`)
    }
    this.#linear?.noteExpanded(state + 1)
  }

  /** Every state was seen, unless a limit was hit; then nothing can be said of what can always be reached. */
  #endOfStates(): void {
    const properties = canAlwaysReach(this.#properties)
    if (properties === 0 || this.#limit !== undefined) {
      this.isOver = true
      return
    }
    const { memory } = this.#options.limits
    const needed = this.#store.bytes + bytesForTraps(this.#store.size, this.#transitions)
    if (memory !== undefined && needed > memory) this.stop({ kind: 'memory', value: memory })
    else this.#traps = new Traps(this.#compiled, this.#store, { transitions: this.#transitions, properties })
  }

  #seekTraps(traps: Traps): void {
    traps.expandNext()
    if (!traps.isOver) return
    for (let state = 0; state < this.#store.size; state++) this.#findings.judgeTrap(traps.at(state), state)
    this.isOver = true
  }

  #judgeStop(state: StateIndex): void {
    this.#compiled.observe(this.#values, this.#observation)
    this.#findings.judgeStop(this.#observation.isFinal, state)
  }

  #visitSuccessors(state: StateIndex, depth: number): void {
    const { count, actions, found, premises, values, slotCount } = this.#successors
    for (let i = 0; i < count; i++) {
      const action = actions[i] as number
      this.#transitions++
      this.#taken[action] = 1
      this.#findings.judgeTransition(found[i] as number, premises[i] as number, state, action)
      const first = i * slotCount
      for (let slot = 0; slot < slotCount; slot++) this.#nextValues[slot] = values[first + slot] as number
      this.#compiled.pack(this.#nextValues, this.#vector, 0)
      this.#visit(state, action, depth)
    }
  }

  /** The state in `#nextValues` and `#vector`. */
  #visit(predecessor: StateIndex, action: number, depth: number): void {
    const store = this.#store
    if (depth <= this.#depthLimit && store.size < this.#room) {
      this.#insertNew(predecessor, action, depth)
      return
    }
    if (store.find(this.#vector, 0) !== noState) return
    if (depth > this.#depthLimit) {
      this.#limit ??= { kind: 'depth', value: this.#depthLimit }
      return
    }
    const limit = makeRoom(store, this.#options.limits)
    if (limit !== undefined) {
      this.stop(limit)
      return
    }
    this.#room = this.#roomInStore()
    this.#insertNew(predecessor, action, depth)
  }

  #insertNew(predecessor: StateIndex, action: number, depth: number): void {
    const state = this.#store.insert(this.#vector, 0, predecessor, action)
    if (!this.#store.wasNew) return
    if (depth > this.#deepest) this.#deepest = depth
    this.#at = state
    this.#compiled.observe(this.#nextValues, this.#observation)
    this.#findings.judgeState(this.#observation, state)
  }

  #stopAtModelError(work: () => void): void {
    try {
      work()
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
      this.#modelError = error
      this.stop({ kind: 'model-error', code: error.code })
    }
  }

  traps(): FoundTraps {
    const traps = this.#traps
    if (this.#limit !== undefined) return { kind: 'undecided', limit: this.#limit }
    const at = (values: Int32Array): number => {
      this.#compiled.pack(values, this.#vector, 0)
      return traps === undefined ? 0 : traps.at(this.#store.find(this.#vector, 0))
    }
    return { kind: 'found', at }
  }

  outcome(): SearchOutcome {
    this.#linear?.addTaken(this.#taken)
    const properties = this.#properties.map((_, i) => i)
    return {
      coverage: this.#coverage(),
      found: properties.map((property) => this.#actionsOf(this.#findings.of(property))),
      premisesOccurred: properties.map((property) => this.#findings.hasPremise(property)),
      actionsTaken: this.#taken,
      bytes: this.#store.bytes,
      modelError: this.#modelError === undefined ? undefined : { error: this.#modelError, actions: actionsTo(this.#store, this.#at) },
    }
  }

  #coverage(): Coverage {
    const seen = { distinctStates: this.#store.size, transitions: this.#transitions, diameter: this.#deepest }
    return this.#limit === undefined
      ? { kind: 'exhaustive', ...seen, collisionProbability: this.#store.collisionProbability }
      : { kind: 'limited', ...seen, limit: this.#limit }
  }

  #actionsOf(finding: Finding | undefined): readonly number[] | undefined {
    if (finding === undefined) return undefined
    const actions = actionsTo(this.#store, finding.state)
    return finding.action === noAction ? actions : [...actions, finding.action]
  }
}
