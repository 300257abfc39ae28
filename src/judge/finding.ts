import type { Bounds } from '../model/cpython/bounds.ts'
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

/** Names of a cell: reading × client × property × bounds. */
export interface CellName {
  /** "pitrou.old-pair-means-main". */
  readonly reading: string
  readonly client: string
  readonly property: string
  readonly bounds: Bounds
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
}

/** One unmerged step that readers are told of; silent bookkeeping before it is folded into its changes. */
export interface EvidenceStep {
  /** Position in the trace, from 1. */
  readonly number: number
  readonly thread: string
  /** Call stack, outermost first; empty for the client's own code. */
  readonly calls: readonly string[]
  readonly says: string
  readonly source?: SourceAnchor
  /** Events of the step that properties speak of. */
  readonly events: readonly string[]
  readonly changes: readonly Change[]
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
