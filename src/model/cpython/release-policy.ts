import type { GuardedEnsure } from './guards/guarded-ensure.ts'
import { guardedEnsureOf315 } from './guards/guarded-ensure.ts'

/**
 * The decisions in which released CPythons differ, one named field each; a release is a record of them (`versions/`). Procedures read them
 * while they are written down, so that a design may mix decisions of several releases.
 */
export interface ReleasePolicy {
  /** `_PyThreadState_Current`: one for the whole process (up to 3.11), or one of each OS thread (since 3.12). */
  readonly currentThreadState: 'of-the-process' | 'of-the-thread'
  /**
   * How a thread attaches: takes the GIL and swaps the current thread state (up to 3.11); the same, where `PyThreadState_Swap` drops and
   * takes GILs as well (3.12); or `_PyThreadState_Attach`, which refuses a thread that is attached already (since 3.13).
   */
  readonly attaching: 'takes-and-swaps' | 'swap-takes' | 'attaches'
  /** When a thread state gets into its thread's slot: made there first (up to 3.11), or also at each attach (since 3.12, bind_gilstate_tstate). */
  readonly slotIsBound: 'when-made' | 'when-attached'
  /** Up to 3.6 `PyEval_InitThreads` creates the GIL; before that nothing is locked. */
  readonly gilIsCreated: 'on-demand' | 'at-initialization'
  /** When `PyGILState_Ensure` of a fresh thread calls `PyEval_InitThreads`: 3.4 to 3.6.3 at first, 3.6.4 to 3.6.15 at last. */
  readonly ensureCreatesTheGil: 'never' | 'first' | 'last'
  /** One GIL, or one for each interpreter that was made with its own (since 3.12). */
  readonly gils: 'one' | 'one-per-interpreter'
  /** Whom a waiting thread asks to drop the GIL. 2.7 asks nobody: the eval loop drops it every so often. */
  readonly dropRequests: 'nobody' | 'everybody' | 'those-in-the-interpreter-of-the-waiter' | 'the-last-holder'
  /** Whether `PyThreadState_DeleteCurrent` waits for the switch that was asked for when it drops the GIL (3.9 to 3.11). */
  readonly deleteCurrentSwitches: boolean
  /** What `drop_gil` does when nothing is locked: `PyThread_release_lock` of 2.7 says nothing, and its semaphore lets two threads in. */
  readonly dropOfUnlockedGil: 'is-fatal' | 'is-undefined'
  /** Whether `PyEval_AcquireLock` wants a current thread state; 2.7 takes the lock for nobody. */
  readonly acquireLockNeedsThreadState: boolean
  /** What is current after `PyInterpreterState_Delete`, and whether the GIL is dropped. */
  readonly interpreterDeletion: 'is-fatal-if-current' | 'clears-the-current' | 'detaches'
  /** Whether a new thread state may use the memory of an interpreter's first one again; where not, it is fatal (3.11, 3.12). */
  readonly firstThreadStateIsReused: boolean
  /** `gilstate_counter` of a thread state for a thread that does not run yet: 0 up to 3.10, 1 since. */
  readonly preallocatedCounter: 0 | 1
  /** `PyThreadState_DeleteCurrent`: nothing is current before, or only after, the thread state is freed. */
  readonly deleteCurrentClears: 'first' | 'last'
  /** `gilstate_counter` while the last `PyGILState_Release` clears the thread state: kept above 0 since 3.13 (3.12.5), for destructors that nest. */
  readonly counterWhileClearing: 'is-zero' | 'is-kept'
  /** Where a thread that is late for finalization is noticed; see `finalization/late-thread.ts`. */
  readonly lateThreadIsNoticed:
    | 'nowhere'
    | 'in-restore'
    | 'in-restore-and-loop'
    | 'in-every-attach'
    | 'in-take-gil'
    | 'in-take-gil-by-thread'
    | 'by-its-own-mark'
  /** What becomes of it: `pthread_exit`, or it sleeps for ever (3.13.8). */
  readonly lateThread: 'exits' | 'hangs'
  /** Whether a late thread that stops waiting in `take_gil` takes back its request to drop the GIL (3.11). */
  readonly lateThreadTakesBackItsRequest: boolean
  /** When finalization frees the other thread states of the main interpreter; since 3.14 they are marked and counted references. */
  readonly otherThreadStatesAreFreed: 'with-the-interpreter' | 'before-teardown' | 'by-reference-count'
  /** Whether the GIL is free when `Py_FinalizeEx` returns. */
  readonly gilAfterFinalization: 'locked' | 'free'
  /** When every thread's slot vanishes: with the key at finalization, with the runtime, or never (3.15: compiler TLS). */
  readonly slotsVanish: 'with-the-key' | 'with-the-runtime' | 'never'
  /** What `Py_FinalizeEx` does with live sub-interpreters. */
  readonly subInterpretersAtFinalization: 'are-left' | 'are-fatal' | 'are-ended-after-teardown' | 'are-ended-first'
  /** What `Py_EndInterpreter` does when other thread states are alive. */
  readonly otherThreadStatesAtEnd: 'are-fatal' | 'are-marked'
  /** Which thread state `Py_FinalizeEx` works with. */
  readonly finalizesWith: 'the-current-thread-state' | 'the-main-thread-state'
  /** Threads that `threading` joins at the end of an interpreter: none in 2.7 to 3.3 at `Py_EndInterpreter`. */
  readonly endInterpreterJoins: boolean
  /** Whether `Py_EndInterpreter` calls the interpreter's atexit callbacks (3.7). */
  readonly endInterpreterCallsAtexit: boolean
  /** Guards, views and `PyThreadState_Ensure` (PEP 788). */
  readonly guards: boolean
  /** How `PyThreadState_Ensure` works, where there are guards. */
  readonly guardedEnsure: GuardedEnsure
  /** Whether the C code asks for the current thread state by `PyThreadState_Get`, which is fatal where there is none: debug builds up to 3.4. */
  readonly getsCurrentByCall: boolean
  /** Which words fatal errors have; see `fatal-messages.ts`. */
  readonly messages: 'of-3.2' | 'of-3.9' | 'of-3.12'
  /** `Py_DEBUG`: assertions that change what happens. */
  readonly debug: boolean
}

/** What all the designs of the debate build on: CPython 3.2.0. */
export const releasePolicyOf32: ReleasePolicy = {
  currentThreadState: 'of-the-process',
  attaching: 'takes-and-swaps',
  slotIsBound: 'when-made',
  gilIsCreated: 'on-demand',
  ensureCreatesTheGil: 'never',
  gils: 'one',
  dropRequests: 'everybody',
  deleteCurrentSwitches: false,
  dropOfUnlockedGil: 'is-fatal',
  acquireLockNeedsThreadState: true,
  interpreterDeletion: 'is-fatal-if-current',
  firstThreadStateIsReused: true,
  preallocatedCounter: 0,
  deleteCurrentClears: 'first',
  counterWhileClearing: 'is-zero',
  lateThreadIsNoticed: 'nowhere',
  lateThread: 'exits',
  lateThreadTakesBackItsRequest: false,
  otherThreadStatesAreFreed: 'with-the-interpreter',
  gilAfterFinalization: 'locked',
  slotsVanish: 'with-the-key',
  subInterpretersAtFinalization: 'are-left',
  otherThreadStatesAtEnd: 'are-fatal',
  finalizesWith: 'the-current-thread-state',
  endInterpreterJoins: false,
  endInterpreterCallsAtexit: false,
  guards: false,
  guardedEnsure: guardedEnsureOf315,
  getsCurrentByCall: false,
  messages: 'of-3.2',
  debug: false,
}
