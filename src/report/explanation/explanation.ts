import type { SourceAnchor } from '../../model/language/source-anchor.ts'
import type { CellName } from '../finding.ts'

/** Why a counterexample shows what it shows, as plain data: what `explain` prints. Steps are numbered as "replay" numbers them. */
export interface Explanation {
  readonly cell: CellName
  readonly violation: string
  readonly replayCode: string
  /** Three sentences: what decides it, how it ends, what it means. */
  readonly story: readonly string[]
  readonly steps: StepsExplained
  /** Steps of other threads that would have had to wait; empty where there are none. */
  readonly preventions: readonly PreventionTold[]
  /** Why nobody goes on; only for deadlocks. */
  readonly deadlock?: DeadlockTold
  readonly otherTrace: OtherTrace
}

export interface StepsExplained {
  /** Told steps, and all steps with the silent ones. */
  readonly told: number
  readonly all: number
  /** Told steps that can be left out together: the violation still shows. */
  readonly canBeLeftOut: readonly number[]
  /** Steps whose effects are needed; the others may change nothing but where their thread stands. */
  readonly withEffects: readonly StepTold[]
}

/** One step of the trace, short. */
export interface StepTold {
  readonly number: number
  readonly thread: string
  readonly calls: readonly string[]
  readonly says: string
  readonly source?: SourceAnchor
}

export interface PreventionTold {
  /** The step that would have had to wait. */
  readonly step: StepTold
  /** For whom, and until the end of which call; absent for the program's own code. */
  readonly waitsFor: { readonly thread: string; readonly call?: string }
  /** The last condition its thread found true: "GIL is not locked", where, and in which step. */
  readonly found?: { readonly condition: string; readonly step: number; readonly source?: SourceAnchor }
}

export interface DeadlockTold {
  readonly waits: readonly Wait[]
  /** Threads that hold something and do not wait: they have ended. */
  readonly ended: readonly string[]
  /** Threads of which each waits for the next, and the last for the first. */
  readonly cycle?: readonly string[]
}

export interface Wait {
  readonly thread: string
  readonly calls: readonly string[]
  /** The step it cannot take. */
  readonly says: string
  readonly source?: SourceAnchor
  /** What would have to hold: "GIL is not locked". */
  readonly until: string
  /** Whether those threads hold what is waited for, or only have steps ahead that could change it. */
  readonly relation: 'held-by' | 'could-be-changed-by'
  readonly threads: readonly string[]
}

export type OtherTrace =
  /** What can still happen is a question to all threads, so none can be switched off. */
  | { readonly kind: 'not-searched'; readonly because: string }
  /** The trace at hand already has the fewest threads and switches, as far as the searches went. */
  | ({ readonly kind: 'same' } & Simplicity)
  | ({ readonly kind: 'found'; readonly replayCode: string; readonly stepCount: number } & Simplicity)

interface Simplicity {
  readonly threads: readonly string[]
  readonly contextSwitches: number
  readonly searches: number
  /** What cut searches short that could have found something simpler. */
  readonly limits: readonly string[]
}
