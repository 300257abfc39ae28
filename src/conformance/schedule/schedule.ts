import type { CallName } from './calls.ts'

/**
 * Who calls what, in which order: one call at a time. A step begins when everything has settled after the step before; a thread whose call
 * blocks keeps its step until some later step lets it go on.
 */
export interface Schedule {
  /** OS threads, the process' main thread first; Python threads that a step starts are not listed. */
  readonly threads: readonly string[]
  /** What the main thread did before the first step. `with threads` creates the GIL where `Py_Initialize` does not (up to 3.6). */
  readonly start: 'initialized with threads' | 'initialized' | 'not initialized'
  readonly steps: readonly ScheduledCall[]
}

/**
 * One call. Operands are names: of earlier results, or the predefined `main` (interpreter), `main thread state`, `NULL`, `current`,
 * `PyGILState_LOCKED` and `PyGILState_UNLOCKED`.
 */
export interface ScheduledCall {
  readonly thread: string
  readonly call: CallName
  readonly arguments: readonly string[]
  /** Name the result gets. */
  readonly result?: string
}
