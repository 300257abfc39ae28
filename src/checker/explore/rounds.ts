import type { WebAssemblyModule } from '../../foundation/web-assembly.ts'
import { partsPerThread, proposalsPerPart } from '../compile/webassembly/print-proposals.ts'
import type { LinearMemory } from '../store/linear-memory.ts'
import type { TableFiller } from '../store/linear-store.ts'
import { fillAlone } from '../store/linear-store.ts'
import { statesPerNote } from '../store/origins.ts'
import type { Step } from './round-control.ts'
import { RoundControl, step } from './round-control.ts'
import type { SearchHelpers } from './search-helper.ts'
import { SearchThread } from './search-thread.ts'

export interface Round {
  readonly first: number
  readonly last: number
  /** States before it, and how many there may be after it. */
  readonly size: number
  readonly room: number
  /** Properties that need not be looked for. */
  readonly known: number
}

export interface RoundOutcome {
  /** States after the round, and after each of its parts. */
  readonly sizes: readonly number[]
  readonly transitions: number
  readonly premises: number
}

/** The thread that the check runs on, with its helpers: what it does with them, one round after the other. */
export class Rounds implements TableFiller {
  readonly threads: number
  /** States that a round must have to be worth the waits. */
  readonly fewestStates: number
  readonly #control: RoundControl
  readonly #own: SearchThread
  readonly #memory: LinearMemory
  /** Why there will be no help. */
  #failure: { readonly cause: unknown } | undefined

  private constructor(memory: LinearMemory, control: RoundControl, { count, fewestStates }: SearchHelpers) {
    this.threads = count + 1
    this.fewestStates = fewestStates ?? 2 * this.threads * statesPerNote
    this.#memory = memory
    this.#control = control
    this.#own = new SearchThread(memory, control)
  }

  static async start(memory: LinearMemory, module: WebAssemblyModule, helpers: SearchHelpers): Promise<Rounds> {
    const mostParts = (helpers.count + 1) * partsPerThread
    const { control, buffer } = RoundControl.create(mostParts)
    const rounds = new Rounds(memory, control, helpers)
    const common = { module, memory: memory.memory, places: memory.places, control: buffer, mostParts }
    const started = Promise.all(Array.from({ length: helpers.count }, (_, i) => helpers.start({ ...common, thread: i + 1 })))
    if (helpers.areAwaited) await started
    else started.catch((cause: unknown) => (rounds.#failure = { cause }))
    return rounds
  }

  /** Whether all helpers are there. Throws if one cannot be started. */
  get areReady(): boolean {
    if (this.#failure !== undefined) throw this.#failure.cause
    return this.#control.get('ready') === this.threads - 1
  }

  /** States that a round may have. */
  get mostStates(): number {
    return this.#control.mostParts * statesPerNote
  }

  get proposals(): number {
    return this.#control.mostParts * proposalsPerPart
  }

  fill(count: number): void {
    if (!this.areReady) {
      fillAlone(this.#memory, count)
      return
    }
    this.#control.set('size', count)
    this.#tellTable()
    this.#all(step.clear, this.#control.mostParts)
    this.#all(step.enter, this.#control.mostParts)
  }

  /**
   * Explores from some states. If that fails, nothing was stored: either there is not room for all new states, or something is out of the
   * ordinary, so that one thread has to do it.
   */
  explore({ first, last, size, room, known }: Round): RoundOutcome | 'no room' | 'not for all' {
    const control = this.#control
    const { exports } = this.#memory
    const parts = Math.ceil((last - (first - (first % statesPerNote))) / statesPerNote)
    control.set('first', first)
    control.set('last', last)
    control.set('size', size)
    control.set('known', known)
    control.set('hasFailed', 0)
    control.set('premises', 0)
    control.set('deadlock', exports.deadlock.value)
    this.#tellTable()
    this.#all(step.propose, parts)
    const sizes: number[] = []
    let [index, transitions] = [size, 0]
    for (let part = 0; part < parts; part++) {
      control.setIndex(part, index)
      index += control.proposed(part) - exports.gave_way(part)
      transitions += control.transitions(part)
      sizes.push(index)
    }
    const hasFailed = control.get('hasFailed') !== 0
    if (hasFailed || index > room) {
      for (let part = 0; part < parts; part++) exports.withdraw(part, control.proposed(part))
      return hasFailed ? 'not for all' : 'no room'
    }
    this.#all(step.commit, parts)
    return { sizes, transitions, premises: control.get('premises') }
  }

  /** Lets the helpers go. */
  end(): void {
    this.#control.begin(step.leave, 0)
  }

  #tellTable(): void {
    const { table, table_end, slots, index_mask } = this.#memory.exports
    this.#control.set('table', table.value)
    this.#control.set('tableEnd', table_end.value)
    this.#control.set('slots', Number(slots.value) | 0)
    this.#control.set('indexMask', index_mask.value)
  }

  #all(kind: Step, parts: number): void {
    const begun = this.#control.begin(kind, parts)
    this.#own.help(begun)
    this.#control.awaitDone()
  }
}
