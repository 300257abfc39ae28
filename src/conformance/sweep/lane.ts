import { ModelError } from '../../model/language/model-error.ts'
import { compareRun } from '../compare/run-comparison.ts'
import type { Foretold } from '../predict/foretold.ts'
import type { Oracle } from '../predict/oracle.ts'
import { ImpossibleStep } from '../predict/oracle.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { Observation } from '../subject/observation.ts'
import type { HarnessWorker } from '../subject/run-schedule.ts'
import type { Judged } from './judged.ts'

/** More runs of a schedule that disagrees, before it counts: where CPython leaves a race open, they differ. */
const confirmations = 3

/** One process with a libpython and the model beside it: takes one schedule after the other. */
export class Lane {
  readonly oracle: Oracle
  readonly #harness: HarnessWorker
  readonly #signal: AbortSignal

  constructor(oracle: Oracle, harness: HarnessWorker, signal: AbortSignal) {
    this.oracle = oracle
    this.#harness = harness
    this.#signal = signal
  }

  /** Runs a schedule and compares every step; what disagrees is run again to tell a race from a disagreement. Errors: those of `run`. */
  async judgeSurely(schedule: Schedule, foretold?: Foretold): Promise<Judged> {
    const first = await this.judge(schedule, foretold)
    if (first.verdict !== 'disagrees') return first
    const seen = JSON.stringify(first.disagreement?.seen)
    for (let again = 0; again < confirmations; again++) {
      const another = await this.judge(schedule)
      if (JSON.stringify(another.disagreement?.seen) !== seen) return { ...first, verdict: 'races' }
    }
    return first
  }

  /** Runs a schedule once, and compares every step; what was foretold when it was drawn need not be predicted again. */
  async judge(schedule: Schedule, foretold?: Foretold): Promise<Judged> {
    const unknown = this.#unknown(schedule)
    if (unknown !== undefined) return { verdict: 'is impossible', ...nothing, schedule, reason: unknown }
    return this.#compare(schedule, await this.#harness.run(schedule, this.#signal), foretold)
  }

  close(): Promise<void> {
    return this.#harness.close()
  }

  /** What the model knows nothing of, in whatever state it is. */
  #unknown({ steps }: Schedule): Judged['reason'] {
    const { machine } = this.oracle.predictor
    const step = steps.findIndex(({ thread }) => !machine.threads.includes(thread))
    return step < 0 ? undefined : { step, says: `the model has no thread ${steps[step]?.thread}; it has ${machine.threads.join(', ')}` }
  }

  #compare(schedule: Schedule, seen: readonly Observation[], foretold: Foretold | undefined): Judged {
    try {
      return this.#comparePossible(schedule, seen, foretold)
    } catch (error) {
      if (!isLimitOfTheModel(error)) throw error
      return this.#compareUpTo(schedule, seen, error)
    }
  }

  #comparePossible(schedule: Schedule, seen: readonly Observation[], foretold?: Foretold): Judged {
    const { agreed, inexact, covered, disagreement, undefinedAt } = compareRun(this.oracle, schedule, seen, foretold)
    const judged = { schedule, steps: agreed, inexact, covered: [...covered], endsUndefined: undefinedAt !== undefined }
    if (disagreement === undefined) return { verdict: 'agrees', ...judged }
    return { verdict: 'disagrees', ...judged, disagreement: { ...disagreement, seen: seen.slice(0, disagreement.step + 1) } }
  }

  /** Compares what is before the step that the model cannot take. */
  #compareUpTo(schedule: Schedule, seen: readonly Observation[], { message }: Error): Judged {
    const { steps } = schedule
    let before: Judged = { verdict: 'agrees', ...nothing, schedule }
    for (let step = 0; step < steps.length; step++) {
      try {
        before = this.#comparePossible({ ...schedule, steps: steps.slice(0, step + 1) }, seen)
      } catch (error) {
        if (!isLimitOfTheModel(error)) throw error
        // That a thread is in another call, or has ended, ends a schedule that is not wrong: the libpython has to say the same.
        const isSaid = seen[step]?.outcome.kind === 'skipped' && message === waiting(steps[step]?.thread)
        return { ...before, schedule, ...(isSaid ? {} : { verdict: 'is impossible', reason: { step, says: message } }) }
      }
    }
    return before
  }
}

/** The model cannot take the step, or a counter of it would leave its range. */
function isLimitOfTheModel(error: unknown): error is Error {
  return error instanceof ImpossibleStep || error instanceof ModelError
}

/** What the oracle says when a thread cannot be given a call. */
function waiting(thread: string | undefined): string {
  return `${thread} does not wait for calls`
}

const nothing = { steps: 0, inexact: 0, covered: [], endsUndefined: false }
