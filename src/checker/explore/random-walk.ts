import type { RandomSource } from '../../foundation/random-source.ts'
import { ModelError } from '../../model/language/model-error.ts'
import type { Property } from '../../properties/language/property.ts'
import type { CompiledSystem, StateObservation } from '../compile/compiled-system.ts'
import { Successors } from '../compile/compiled-system.ts'
import type { Progress } from '../search-watch.ts'
import { statesPerLook } from '../search-watch.ts'
import { ExactStore } from '../store/exact-store.ts'
import { makeRoom } from '../store/make-room.ts'
import type { StateIndex, StateStore } from '../store/state-store.ts'
import { noAction, noState } from '../store/state-store.ts'
import type { Limit } from '../verdict.ts'
import { Findings } from './evaluate-properties.ts'
import type { SearchOptions, SearchOutcome } from './search.ts'

export interface RandomWalkOptions extends SearchOptions {
  readonly random: RandomSource
  /** For the record: the seed of `random`. */
  readonly seed: number
  /** Walks from the initial state. */
  readonly walks: number
  /** Most steps of a walk. */
  readonly depth: number
}

/**
 * Walks at random from the initial state, again and again. Finds violations in systems too large to search, by traces that need not be
 * short; its coverage is always limited, so it never shows that anything holds. The limit on depth is the depth of a walk.
 *
 * Each state met is stored and all transitions out of it are judged, so the counts are of distinct states and transitions.
 */
export async function walkRandomly(
  compiled: CompiledSystem,
  properties: readonly Property[],
  options: RandomWalkOptions,
): Promise<SearchOutcome> {
  const search = new RandomWalk(compiled, properties, options)
  while (!search.isOver) {
    const limit = await options.watch.look(() => search.progress)
    if (limit === undefined) search.walkSome(statesPerLook)
    else search.stop(limit)
  }
  return search.outcome()
}

class RandomWalk {
  isOver = false
  readonly #compiled: CompiledSystem
  readonly #options: RandomWalkOptions
  readonly #store: StateStore
  readonly #findings: Findings
  readonly #evidence: (readonly number[] | undefined)[]
  readonly #successors: Successors
  readonly #observation: StateObservation = { found: 0, premises: 0, isFinal: false }
  readonly #taken: Uint8Array
  readonly #initial: Int32Array
  readonly #values: Int32Array
  readonly #vector: Int32Array
  #walk: number[] = []
  #walksDone = 0
  #transitions = 0
  #deepest = 0
  #limit: Limit
  #modelError: ModelError | undefined

  constructor(compiled: CompiledSystem, properties: readonly Property[], options: RandomWalkOptions) {
    this.#compiled = compiled
    this.#options = options
    this.#store = new ExactStore(compiled.wordCount, { actionCount: options.actionCount })
    this.#findings = new Findings(properties)
    this.#evidence = properties.map(() => undefined)
    this.#successors = new Successors(compiled.slotCount)
    this.#taken = new Uint8Array(options.actionCount)
    this.#initial = compiled.initial()
    this.#values = Int32Array.from(this.#initial)
    this.#vector = new Int32Array(compiled.wordCount)
    this.#limit = { kind: 'random-walk', seed: options.seed, walks: options.walks, depth: options.depth }
  }

  get progress(): Progress {
    return {
      distinctStates: this.#store.size,
      transitions: this.#transitions,
      depth: this.#deepest,
      frontierSize: 0,
    }
  }

  stop(limit: Limit): void {
    this.#limit = limit
    this.isOver = true
  }

  walkSome(count: number): void {
    try {
      for (let i = 0; i < count && !this.isOver; i++) this.#visit()
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
      this.#modelError = error
      this.stop({ kind: 'model-error', code: error.code })
    }
  }

  /** The state in `#values`, which the actions of `#walk` lead to; then the step out of it. */
  #visit(): void {
    this.#compiled.pack(this.#values, this.#vector, 0)
    if (this.#store.find(this.#vector, 0) === noState) {
      const limit = this.#store.size === 0 ? undefined : makeRoom(this.#store, this.#options.limits)
      if (limit !== undefined) {
        this.stop(limit)
        return
      }
      this.#judge(this.#store.insert(this.#vector, 0, noState, noAction))
    } else {
      this.#compiled.expand(this.#values, this.#successors)
    }
    const reason = this.#findings.reasonToStop(this.#options.stopAt)
    if (reason !== undefined) this.stop(reason)
    else this.#step()
  }

  #judge(state: StateIndex): void {
    this.#deepest = Math.max(this.#deepest, this.#walk.length)
    this.#compiled.observe(this.#values, this.#observation)
    this.#findings.judgeState(this.#observation, state)
    this.#keepEvidence(this.#walk)
    this.#compiled.expand(this.#values, this.#successors)
    const { count, actions, found, premises } = this.#successors
    if (count === 0) this.#findings.judgeStop(this.#observation.isFinal, state)
    this.#keepEvidence(this.#walk)
    for (let i = 0; i < count; i++) {
      const action = actions[i] as number
      this.#transitions++
      this.#taken[action] = 1
      const before = this.#findings.found
      this.#findings.judgeTransition(found[i] as number, premises[i] as number, state, action)
      if (this.#findings.found !== before) this.#keepEvidence([...this.#walk, action])
    }
  }

  /** For the properties decided since the last call. */
  #keepEvidence(actions: readonly number[]): void {
    for (let property = 0; property < this.#evidence.length; property++) {
      if (this.#evidence[property] === undefined && this.#findings.of(property) !== undefined) {
        this.#evidence[property] = [...actions]
      }
    }
  }

  #step(): void {
    const { count, actions, values, slotCount } = this.#successors
    if (count === 0 || this.#walk.length === this.#options.depth) {
      this.#restart()
      return
    }
    const chosen = this.#options.random.nextInteger(count)
    this.#walk.push(actions[chosen] as number)
    for (let slot = 0; slot < slotCount; slot++) this.#values[slot] = values[chosen * slotCount + slot] as number
  }

  #restart(): void {
    this.#walksDone++
    if (this.#walksDone === this.#options.walks) this.isOver = true
    this.#walk = []
    this.#values.set(this.#initial)
  }

  outcome(): SearchOutcome {
    return {
      coverage: {
        kind: 'limited',
        distinctStates: this.#store.size,
        transitions: this.#transitions,
        diameter: this.#deepest,
        limit: this.#limit,
      },
      found: this.#evidence,
      premisesOccurred: this.#evidence.map((_, property) => this.#findings.hasPremise(property)),
      actionsTaken: this.#taken,
      bytes: this.#store.bytes,
      modelError: this.#modelError === undefined ? undefined : { error: this.#modelError, actions: this.#walk },
    }
  }
}
