import type { SourceAnchor } from '../model/language/source-anchor.ts'

/** What a cell of the matrix may say. */
export type CellStatus =
  /** Holds in every reachable state, and the situation it speaks of occurred. */
  | 'safe'
  /** Holds in every reachable state, but the situation it speaks of never occurred. */
  | 'never-exercised'
  | 'violated'
  /** A limit was hit before anything was found. */
  | 'undecided'
  /** The client cannot be run on the design. */
  | 'not-applicable'

/** Sizes of a scenario, as numbers to print. */
export interface CellBounds {
  /** OS threads that act, beside the main one. */
  readonly threads: number
  /** The main one counted. */
  readonly interpreters: number
  readonly rounds: number
}

/** Names of a cell: reading × client × property × bounds. */
export interface CellName {
  /** "pitrou.old-pair-means-main". */
  readonly reading: string
  readonly client: string
  readonly property: string
  readonly bounds: CellBounds
}

/** How a scenario was searched; the same for all its cells. */
export interface SearchSummary {
  readonly coverage: 'exhaustive' | 'limited'
  /** "states 1000000", "interrupted"; only when limited. */
  readonly limit?: string
  readonly distinctStates: number
  readonly transitions: number
  readonly diameter: number
}

/** The verdict on one cell, as plain data: what reports and `--json` print. */
export interface Finding {
  readonly cell: CellName
  readonly status: CellStatus
  readonly search?: SearchSummary
  /** Why the client cannot be run on the design. */
  readonly reason?: string
  /** Only for violated cells. */
  readonly evidence?: Evidence
}

/** A shortest counterexample in the unmerged system. */
export interface Evidence {
  readonly replayCode: string
  readonly stepCount: number
  readonly contextSwitches: number
  /** False when the search for a shorter trace hit a limit: the trace is real, but a shorter one may exist. */
  readonly isShortest: boolean
  /** Names of the OS threads, in order. */
  readonly threads: readonly string[]
  readonly steps: readonly EvidenceStep[]
  /** Where the threads that have not ended stand after the last step; tells a deadlock. */
  readonly standing: readonly Standing[]
}

/** One unmerged step that readers are told of; silent bookkeeping before it is folded into its changes. */
export interface EvidenceStep {
  /** Position in the trace, from 1. */
  readonly number: number
  readonly thread: string
  /** Call stack, outermost first; empty for the client's own code. */
  readonly calls: readonly string[]
  /** Serial number of the outermost call in its thread's program: steps that follow each other with the same one belong to one call. */
  readonly activation?: number
  readonly says: string
  readonly source?: SourceAnchor
  /** Events of the step that properties speak of. */
  readonly events: readonly string[]
  readonly changes: readonly Change[]
}

/** What a silent step at the end of a trace is told as. */
export const goesOn = 'goes on'

/** What a thread would do next. */
export interface Standing {
  readonly thread: string
  readonly calls: readonly string[]
  readonly activation?: number
  /** The step it stands in front of. */
  readonly says: string
  /** It cannot take that step in this state. */
  readonly isBlocked: boolean
}

/** One element of a variable that changed, in words. */
export interface Change {
  /** "slot[thread 1]". */
  readonly what: string
  /** `shared` state everybody sees, `local` to the thread, or a `monitor` the program does not have. */
  readonly kind: 'shared' | 'local' | 'monitor'
  readonly from: string
  readonly to: string
}
