import type { Change, Evidence } from '../finding.ts'
import { nothing } from '../told-step.ts'
import type { TraceVocabulary } from '../trace-vocabulary.ts'
import type { ChartVocabulary, Place } from './html-input.ts'

/** A lock of the model: which place says that it is taken, and which by whom. */
export interface Lock {
  /** The interpreter whose lock it is; absent where the process has one. */
  readonly interpreter?: string
  readonly isLocked: string
  readonly takenBy: string
}

/** The state of a counterexample after each step, by the names of its places. Starts before the first. */
export class StateWalk {
  readonly #values: Map<string, string>
  readonly #attached = new Map<string, string>()
  readonly #vocabulary: TraceVocabulary
  readonly #isOfProcess: boolean

  constructor(places: readonly Place[], vocabulary: TraceVocabulary) {
    this.#values = new Map(places.map(({ what, initial }) => [what, initial]))
    this.#vocabulary = vocabulary
    this.#isOfProcess = this.#values.has(vocabulary.attached)
    this.#attached.set(vocabulary.initially.thread, vocabulary.initially.attached)
  }

  take(thread: string, changes: readonly Change[]): void {
    for (const { what, to } of changes) {
      const before = this.#values.get(what)
      this.#values.set(what, to)
      if (!this.#isOfProcess || what !== this.#vocabulary.attached) continue
      // What one thread left behind as current another may take away: only the last one to set it has it attached.
      for (const [other, threadState] of this.#attached) if (threadState === before) this.#attached.set(other, nothing)
      this.#attached.set(thread, to)
    }
  }

  valueOf(what: string): string {
    return this.#values.get(what) ?? nothing
  }

  /** The thread state that a thread has attached. */
  attachedOf(thread: string): string {
    return this.#isOfProcess ? (this.#attached.get(thread) ?? nothing) : this.valueOf(`${this.#vocabulary.attached}[${thread}]`)
  }

  interpreterOf(threadState: string): string {
    return this.valueOf(`${this.#vocabulary.belongsTo}[${threadState}]`)
  }

  /** The thread that holds a lock. */
  holderOf({ isLocked, takenBy }: Lock): string {
    return this.valueOf(isLocked) === 'true' ? this.valueOf(takenBy) : nothing
  }
}

/** The locks that are taken at some time; where each interpreter may have one, most have none. */
export function locksOf(
  places: readonly Place[],
  { steps }: Evidence,
  { isLocked }: TraceVocabulary,
  { takenBy }: ChartVocabulary,
): readonly Lock[] {
  const changed = new Set(steps.flatMap(({ changes }) => changes.map(({ what }) => what)))
  return places
    .filter(({ variable, what, initial }) => variable === isLocked && (initial === 'true' || changed.has(what)))
    .map(({ what, indices: [index] }) =>
      index === undefined ? { isLocked: what, takenBy } : { interpreter: index.name, isLocked: what, takenBy: `${takenBy}[${index.name}]` },
    )
}
