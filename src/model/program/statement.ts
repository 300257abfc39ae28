import type { ActionEvent, Assignment, ProgramCall } from '../language/action.ts'
import type { Expression } from '../language/expression.ts'
import type { SourceAnchor } from '../language/source-anchor.ts'

/**
 * What a program is made of. A statement of kind `step` or `abort` is atomic; a `branch` reads its condition in a step of its own, since
 * another process may act between the test and what follows. Calls are already inlined: each statement carries its call stack.
 */
export type Statement = Step | Branch | Choice | Loop | Abort | End

interface Told {
  /** The reader's sentence; a statement without one is not shown in traces. */
  readonly says?: string
  readonly source?: SourceAnchor
  /** Call stack, outermost first. */
  readonly calls: readonly string[]
  /** Serial number of the outermost call in this program; absent in the client's own code. */
  readonly activation?: number
  /** The call of the API that the statement is part of. */
  readonly call?: ProgramCall
}
export interface Step extends Told {
  readonly kind: 'step'
  /** The process blocks until this holds. */
  readonly waitsFor?: Expression
  readonly assignments: readonly Assignment[]
  readonly events: readonly ActionEvent[]
  /** Name of the place in front of the step, for properties that ask where a process stands. */
  readonly place?: string
  /** What the place is about, in terms of the process that stands there: which of several locks it waits for. */
  readonly about?: Expression
  /** A process that stands here for ever is as good as ended: the step never happens, and that is meant. */
  readonly rests?: true
  /** Tests made in the same atomic step, in order: the first that holds ends the whole operating-system process instead. */
  readonly aborts: readonly AbortClause[]
  /** What may happen, again and again, while the process stands in front of the step. */
  readonly meanwhile?: Meanwhile
}
export interface AbortClause {
  readonly when: Expression
  readonly outcome: string
  readonly event: string
}
export interface Meanwhile {
  readonly says: string
  readonly when: Expression
  readonly assignments: readonly Assignment[]
}
export interface Branch extends Told {
  readonly kind: 'branch'
  readonly condition: Expression
  readonly then: readonly Statement[]
  readonly otherwise: readonly Statement[]
}
/** Goes on with any one of the alternatives that are open; waits while none is. */
export interface Choice {
  readonly kind: 'choice'
  readonly alternatives: readonly (Told & { readonly when?: Expression; readonly body: readonly Statement[] })[]
}
export interface Loop extends Told {
  readonly kind: 'loop'
  /** Tested before every round. */
  readonly condition: Expression
  readonly body: readonly Statement[]
}
/** The whole operating-system process ends here: a fatal error with its message, or undefined behaviour with its cause. */
export interface Abort extends Told {
  readonly kind: 'abort'
  readonly outcome: string
  readonly events: readonly ActionEvent[]
}
/** The process ends here, whatever it was doing: `pthread_exit`. */
export interface End extends Told {
  readonly kind: 'end'
  readonly events: readonly ActionEvent[]
}
