/**
 * What was seen after one step of a schedule, once everything had settled: on a real libpython by the harness, or in the model by the
 * oracle. Thread states and interpreters have names: of the result that first showed them, else `<thread>#<n>`.
 */
export interface Observation {
  /** Position of the step in the schedule, from 0. */
  readonly step: number
  readonly outcome: Outcome
  /** Other threads that came back in this step from a call that had blocked, or ended in it. In order of their names. */
  readonly cameBack: readonly { readonly thread: string; readonly step: number; readonly outcome: Outcome }[]
  /** Every OS thread of the schedule that was ever seen, in order of their names. */
  readonly threads: readonly ThreadObservation[]
  /** Every interpreter in the runtime's list, in order of their names; empty when the process died. */
  readonly interpreters: readonly InterpreterObservation[]
  /** How the verdict "blocked" was reached: proven, or by waiting only. */
  readonly isExact: boolean
}

export type Outcome =
  | { readonly kind: 'returned'; readonly value?: string }
  /** Waits for ever unless another step helps; `on` says where when it is known. */
  | { readonly kind: 'blocked'; readonly on?: string }
  /** Reached a place inside Python code (callback, finalizer, thread body) where it waits for calls. */
  | { readonly kind: 'inside'; readonly what: string }
  /** CPython made the thread sleep for ever, as it does to late threads since 3.13.8. */
  | { readonly kind: 'hung' }
  /** CPython ended the thread by `pthread_exit`. */
  | { readonly kind: 'exited' }
  /** The process died. */
  | { readonly kind: 'died'; readonly death: Death }
  /** This libpython has no such function. */
  | { readonly kind: 'unavailable' }
  /** The call was not made: its thread is in another call or has ended, or an operand has no value. */
  | { readonly kind: 'skipped'; readonly reason: string }
  /** Still running when the harness stopped waiting. */
  | { readonly kind: 'timed out' }

export interface Death {
  /** `fatal`: Py_FatalError with its message; `assertion`: an assert of a debug build; `use after free`: the guard allocator saw it. */
  readonly kind: 'fatal' | 'assertion' | 'use after free' | 'signal' | 'exit'
  /** The message without its prefix and addresses, the expression, the block and its history, the signal's name, or the exit status. */
  readonly message: string
}

export interface ThreadObservation {
  readonly name: string
  readonly is: 'waiting for calls' | 'blocked' | 'hung' | 'exited' | 'running'
  /** What the thread sees as current: up to 3.11 the same for all. `null` for none; absent when it cannot be asked. */
  readonly current?: string | null
  /** Its GILState slot; names of thread states that are gone stay. */
  readonly slot?: string | null
}

export interface InterpreterObservation {
  readonly name: string
  /** The GIL it uses: its own or the main one; absent where this libpython hides it. */
  readonly gil?: { readonly of: string; readonly locked: boolean }
  /** Open finalization guards; absent before 3.15. */
  readonly guards?: number
  /** Live thread states, newest first as CPython lists them. */
  readonly threadStates: readonly ThreadStateObservation[]
}

export interface ThreadStateObservation {
  readonly name: string
  /** `gilstate_counter`; absent where this libpython hides it. */
  readonly counter?: number
  /** Nesting of `PyThreadState_Ensure`; absent before 3.15. */
  readonly ensureCounter?: number
}
