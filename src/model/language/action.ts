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
  /** The call that the step is part of, one object for all its steps; no part of what the action means, and lost where steps are merged. */
  readonly call?: ProgramCall
}

/** A call that a program makes, as its author wrote it: what its operands are follows from the state in which it begins. */
export interface ProgramCall {
  /** The C function, or words for what is more than one. */
  readonly name: string
  readonly arguments: readonly Expression[]
  /** Where the program keeps what is returned. */
  readonly result?: Expression
  /** The interpreter that the call makes, or that the code it runs belongs to. */
  readonly interpreter?: Expression
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
