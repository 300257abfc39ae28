import type { WebAssemblyModule } from '../../foundation/web-assembly.ts'
import { partsPerThread, proposalsPerPart } from '../compile/webassembly/print-proposals.ts'
import type { LinearMemory } from '../store/linear-memory.ts'
import type { TableRebuilder } from '../store/linear-store.ts'
import { statesPerNote } from '../store/origins.ts'
import type { Step } from './round-control.ts'
import { RoundControl, step } from './round-control.ts'
import type { HelperTask, SearchHelpers } from './search-helper.ts'
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
export class Rounds implements TableRebuilder {
  readonly #control: RoundControl
  readonly #own: SearchThread
  readonly #memory: LinearMemory
  /** States that a round must have to be worth the waits. */
  readonly fewestStates: number

  private constructor(memory: LinearMemory, control: RoundControl, fewestStates: number) {
    this.fewestStates = fewestStates
    this.#memory = memory
    this.#control = control
    this.#own = new SearchThread(memory, control, 0)
  }

  static async start(memory: LinearMemory, module: WebAssemblyModule, helpers: SearchHelpers): Promise<Rounds> {
    const threads = helpers.count + 1
    const mostParts = threads * partsPerThread
    const { control, buffer } = RoundControl.create(threads, mostParts)
    const task = (thread: number): HelperTask => ({
      module,
      memory: memory.memory,
      places: memory.places,
      control: buffer,
      thread,
      threads,
      mostParts,
    })
    await Promise.all(Array.from({ length: helpers.count }, (_, i) => helpers.start(task(i + 1))))
    return new Rounds(memory, control, helpers.fewestStates ?? 2 * threads * statesPerNote)
  }

  get threads(): number {
    return this.#control.threads
  }

  /** States that a round may have. */
  get mostStates(): number {
    return this.#control.mostParts * statesPerNote
  }

  get proposals(): number {
    return this.#control.mostParts * proposalsPerPart
  }

  /** Fills the table again, each thread its pages. */
  rebuild(count: number): void {
    this.#control.set('size', count)
    this.#tellTable()
    this.#all(step.rebuild, () => this.#own.rebuild())
  }

  /** Explores from some states; undefined if the round failed, and then nothing was stored. */
  explore({ first, last, size, room, known }: Round): RoundOutcome | undefined {
    const control = this.#control
    const { exports } = this.#memory
    const parts = Math.ceil((last - (first - (first % statesPerNote))) / statesPerNote)
    control.set('first', first)
    control.set('last', last)
    control.set('parts', parts)
    control.set('size', size)
    control.set('known', known)
    control.set('hasFailed', 0)
    control.set('deadlock', exports.deadlock.value)
    control.set('stops', exports.stops.value)
    this.#tellTable()
    this.#all(step.propose, () => this.#own.propose())
    let proposed = 0
    for (let part = 0; part < parts; part++) proposed += control.proposed(part)
    if (control.get('hasFailed') !== 0 || size + proposed > room) return undefined
    this.#all(step.resolve, () => this.#own.resolve())
    const sizes: number[] = []
    let index = size
    for (let part = 0; part < parts; part++) {
      control.setIndex(part, index)
      index += control.fresh(part)
      sizes.push(index)
    }
    this.#all(step.commit, () => this.#own.commit())
    const reported = Array.from({ length: this.threads }, (_, thread) => control.reported(thread))
    return {
      sizes,
      transitions: reported.reduce((sum, { transitions }) => sum + transitions, 0),
      premises: reported.reduce((all, { premises }) => all | premises, 0),
    }
  }

  /** Findings that a thread logged in the last round. */
  loggedBy(thread: number): number {
    return this.#control.reported(thread).logged
  }

  /** Lets the helpers go. */
  end(): void {
    this.#control.begin(step.leave)
  }

  #tellTable(): void {
    const { table, table_end, slots, index_mask } = this.#memory.exports
    this.#control.set('table', table.value)
    this.#control.set('tableEnd', table_end.value)
    this.#control.set('slots', Number(slots.value) | 0)
    this.#control.set('indexMask', index_mask.value)
  }

  #all(kind: Step, own: () => void): void {
    this.#control.begin(kind)
    own()
    this.#control.awaitDone(this.threads - 1)
  }
}
