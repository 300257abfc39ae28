import type { Expression, Read } from './expression.ts'
import type { SourceAnchor } from './source-anchor.ts'

/** `target := value`; all assignments of an action happen at once, every right side and index read before. */
export interface Assignment {
  readonly target: Read
  readonly value: Expression
}

/** Something that happens *in* a transition, for properties to speak of: "runs Python in the wrong interpreter". */
export interface ActionEvent {
  readonly name: string
  /** Read before the transition. */
  readonly when: Expression
}

/** A named guarded command of one process. */
export interface Action {
  readonly name: string
  /** Position in the system's list of processes. */
  readonly process: number
  readonly guard: Expression
  readonly assignments: readonly Assignment[]
  readonly events: readonly ActionEvent[]
  /** What the reader of a trace is told; one entry per unmerged step, in order. */
  readonly told: readonly Telling[]
}

/** One step as a reader sees it. */
export interface Telling {
  readonly says: string
  /** Call stack, outermost first: ["PyGILState_Ensure", "PyEval_RestoreThread", "take_gil"]. */
  readonly calls: readonly string[]
  /** Serial number of the outermost call in the process's program: two calls of one function one after the other are told apart by it. */
  readonly activation?: number
  readonly source?: SourceAnchor
}
