import { webAssembly } from '../../foundation/web-assembly.ts'
import type { Property } from '../../properties/language/property.ts'
import type { CompiledSystem } from '../compile/compiled-system.ts'
import { assemble } from '../compile/webassembly/assemble.ts'
import { findingIn, mostStatesInBatch } from '../compile/webassembly/print-search.ts'
import type { SearchLimits } from '../search-limits.ts'
import { mostStates } from '../search-limits.ts'
import type { LinearMemory } from '../store/linear-memory.ts'
import { createLinearMemory } from '../store/linear-memory.ts'
import { LinearStore } from '../store/linear-store.ts'
import { Origins, statesPerNote } from '../store/origins.ts'
import type { StateStore } from '../store/state-store.ts'
import type { Findings, StopAt } from './evaluate-properties.ts'
import { Rounds } from './rounds.ts'
import type { SearchHelpers } from './search-helper.ts'

const wordsPerFinding = 3

/** A round is begun where there is room for so many times the states expected of it: one without room is done in vain. */
const prudence = 5 / 4

export interface LinearExpansionOptions {
  readonly properties: readonly Property[]
  readonly stopAt: StopAt
  readonly limits: SearchLimits
  readonly helpers?: SearchHelpers
}

/** The states in a store, and how many of them have been expanded. */
interface StatesSoFar {
  readonly store: StateStore
  readonly expanded: number
}

export interface Expanded {
  /** The first state that was not expanded. */
  readonly next: number
  readonly transitions: number
}

/**
 * Expands states by generated WebAssembly, many in one call, in the order and with the outcome of the search in JavaScript. It leaves to that
 * search whatever is out of the ordinary: a state in which the model goes wrong, or where a limit is near.
 */
export class LinearExpansion {
  readonly store: LinearStore
  readonly #memory: LinearMemory
  readonly #origins: Origins
  /** The first state that is not expanded. */
  #next: number
  /** The model goes wrong in this state. */
  #refused = -1
  readonly #rounds: Rounds | undefined
  /** With several threads: up to here one has to do, unless there is more room by now. */
  #alone = { upTo: 0, room: 0 }
  /** States that the last ones expanded together led to, for each of them. */
  #newPerState: number

  private constructor(memory: LinearMemory, origins: Origins, from: StatesSoFar, rounds: Rounds | undefined) {
    this.#memory = memory
    this.#origins = origins
    this.#rounds = rounds
    this.#next = from.expanded
    this.#newPerState = from.store.size / Math.max(1, from.expanded)
    origins.noteAll(from.store, from.expanded)
    this.store = new LinearStore(memory, origins, from.store, rounds)
  }

  /**
   * Takes over from a store of which so many states have been expanded, or says why it cannot.
   */
  static async takeOver(
    compiled: CompiledSystem,
    from: StatesSoFar,
    { properties, stopAt, limits, helpers }: LinearExpansionOptions,
  ): Promise<LinearExpansion | { readonly reason: string }> {
    const printed = compiled.printModule?.(1 + (helpers?.count ?? 0))
    if (webAssembly === undefined || printed === undefined) return { reason: 'there is no WebAssembly here' }
    if ('reason' in printed) return printed
    const module = await assemble(printed.text, webAssembly)
    if (module === undefined) return { reason: 'its formulas are nested too deeply for the assembler' }
    const { vectorBytes } = printed.places
    const mostBytes = Math.min(limits.memory ?? Number.POSITIVE_INFINITY, LinearStore.bytesFor(limits.states ?? mostStates, vectorBytes))
    const needed = LinearStore.bytesFor(from.store.size, vectorBytes)
    const memory = createLinearMemory(webAssembly, module, printed.places, {
      mostBytes: Math.max(mostBytes, needed),
      shared: helpers !== undefined,
    })
    if (memory === undefined || memory.bytes < printed.places.vectors + needed) return { reason: 'the system gives too little memory' }
    const rounds = helpers === undefined ? undefined : await Rounds.start(memory, module, helpers)
    const expansion = new LinearExpansion(memory, new Origins(compiled), from, rounds)
    memory.exports.deadlock.value = properties.reduce((set, { kind }, i) => (kind === 'no-deadlock' ? set | (1 << i) : set), 0)
    memory.exports.stops.value = stopAt === 'end' ? 0 : 1
    return expansion
  }

  /** Whether the search in JavaScript has to expand this state. */
  refuses(state: number): boolean {
    return state === this.#refused
  }

  /** Lets the other threads go. */
  end(): void {
    this.#rounds?.end()
  }

  /**
   * The same with all threads, as many states as are worth while; none if there may not be room for what they lead to. Undefined if they are too
   * few, or one thread has to do it: then nothing was done.
   */
  expandTogether(first: number, last: number, room: number, findings: Findings): Expanded | undefined {
    const rounds = this.#rounds
    if (rounds === undefined || last - first < rounds.fewestStates || !rounds.areReady) return undefined
    if (first < this.#alone.upTo && room === this.#alone.room) return undefined
    const end = Math.min(last, first - (first % statesPerNote) + rounds.mostStates)
    const { size } = this.store
    const expected = (end - first) * this.#newPerState * prudence
    const known = findings.found | findings.ends
    const outcome = size + expected > room ? 'no room' : rounds.explore({ first, last: end, size, room, known })
    if (typeof outcome === 'string') {
      for (let thread = 0; thread < rounds.threads; thread++) this.#forgetTaken(thread, first)
      this.#alone = { upTo: end, room }
      return outcome === 'no room' ? { next: first, transitions: 0 } : undefined
    }
    const sizeAfter = outcome.sizes.at(-1) ?? size
    this.store.setSize(sizeAfter)
    this.#newPerState = (sizeAfter - size) / (end - first)
    for (const [part, after] of outcome.sizes.entries()) {
      if (Math.floor(first / statesPerNote) + part + 1 <= Math.floor(end / statesPerNote)) this.#origins.note(after)
    }
    this.#next = end
    findings.premises |= outcome.premises
    return { next: end, transitions: outcome.transitions }
  }

  /**
   * Expands states from `first` up to `last`, which is not expanded, as long as there is room for all successors of a state among `room` states.
   * Gives the first that was not expanded, and tells the findings what was found.
   */
  expand(first: number, last: number, room: number, findings: Findings): Expanded {
    const { exports } = this.#memory
    exports.room.value = room
    exports.known.value = findings.found | findings.ends
    exports.premises.value = 0
    exports.logged.value = 0
    exports.transitions.value = 0
    let next = first
    while (next < last) {
      const end = Math.min(last, next - (next % statesPerNote) + statesPerNote)
      const reached = this.#expandUpTo(next, end)
      this.noteExpanded(reached)
      next = reached
      if (reached < end) break
    }
    findings.premises |= exports.premises.value
    this.#tell(findings)
    return { next, transitions: exports.transitions.value }
  }

  /** To be told when the search in JavaScript has expanded a state itself. */
  noteExpanded(next: number): void {
    if (next > this.#next && next % statesPerNote === 0) this.#origins.note(this.store.size)
    this.#next = Math.max(this.#next, next)
  }

  /** Adds the actions that were taken. */
  addTaken(taken: Uint8Array): void {
    for (let thread = 0; thread < (this.#rounds?.threads ?? 1); thread++) {
      const first = this.#wordsOf(thread) + this.#memory.places.taken / 4
      for (let action = 0; action < taken.length; action++) if (this.#memory.words[first + action] !== 0) taken[action] = 1
    }
  }

  /** First word of what a thread has for itself. */
  #wordsOf(thread: number): number {
    return (this.#memory.places.ownBegin + thread * this.#memory.places.ownBytes) / 4
  }

  /** Actions taken in this state or later for the first time. */
  #forgetTaken(thread: number, state: number): void {
    const { words, places } = this.#memory
    const first = this.#wordsOf(thread) + places.taken / 4
    for (let action = 0; action < places.mostSuccessors; action++) {
      if ((words[first + action] as number) > state) words[first + action] = 0
    }
  }

  /** States go through WebAssembly in batches; where something happens in a batch they go through it again, one by one. */
  #expandUpTo(first: number, last: number): number {
    const { exports } = this.#memory
    exports.batch_states.value = mostStatesInBatch
    const next = this.#tryToExpand(first, last)
    const isStopped = exports.stops.value !== 0 && exports.logged.value > 0
    if (next !== undefined && !isStopped) return next
    this.#takeBack()
    exports.batch_states.value = 1
    const single = exports.batch_first.value
    const reached = this.#tryToExpand(single, last)
    if (reached !== undefined) return reached
    this.#takeBack()
    this.#refused = exports.batch_first.value
    return this.#refused
  }

  /** Undefined if the model goes wrong in a state of the last batch. */
  #tryToExpand(first: number, last: number): number | undefined {
    try {
      return this.#memory.exports.expand(first, last)
    } catch (error) {
      if (webAssembly === undefined || !(error instanceof webAssembly.RuntimeError)) throw error
      return undefined
    }
  }

  /** Undoes what was done for the last batch. */
  #takeBack(): void {
    const { exports } = this.#memory
    while (exports.size.value > exports.size_before.value) exports.remove_last()
    exports.premises.value = exports.premises_before.value
    exports.known.value = exports.known_before.value
    exports.logged.value = exports.logged_before.value
    exports.transitions.value = exports.transitions_before.value
    this.#forgetTaken(0, exports.batch_first.value)
  }

  #tell(findings: Findings): void {
    const { words, places, exports } = this.#memory
    const log = this.#wordsOf(0) + places.log / 4
    for (let i = 0; i < exports.logged.value; i++) {
      const [found = 0, state = 0, where = 0] = words.subarray(log + i * wordsPerFinding, log + (i + 1) * wordsPerFinding)
      if (where === findingIn.state) findings.judgeState({ found, premises: 0, isFinal: true }, state)
      else if (where === findingIn.stop) findings.judgeStop(false, state)
      else findings.judgeTransition(found, 0, state, where)
    }
  }
}
