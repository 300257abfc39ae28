import type { ReleasePolicy } from './release-policy.ts'

/**
 * The decisions in which CPython 3.2 and the designs of bpo-10915 differ, one named field each. A design is a record of these; the
 * procedures read it while they are written down, so a design never adds a special case that knows its verdict.
 */
export interface Policy extends ReleasePolicy {
  /** Which slots `PyThreadState_New` fills, where they are still empty. */
  readonly newThreadStateIsNotedIn: 'thread-slot' | 'interpreter-slot' | 'both-slots'
  /** Whether the slots of an interpreter are a key of its own, which goes with it (Pitrou), or a map each thread keeps. */
  readonly interpreterSlotsGoWithTheirInterpreter: boolean
  /** How a thread-local key is written: 3.2 keeps a value that is there, 3.4 always writes and tests before (issue #19787). */
  readonly keyIsSet: 'only-if-absent' | 'always-after-a-test'
  /** Where `PyGILState_Ensure()` and `Release()` look for the thread's state. */
  readonly plainCallsLookIn: 'thread-slot' | 'slot-of-main' | 'slot-of-current-interpreter'
  /** In which interpreter plain `Ensure()` makes a thread state for a thread without one. */
  readonly freshThreadStateGoesTo: 'main' | 'current-interpreter'
  /** What Ensure does with a thread state from the thread slot that belongs to another interpreter than the one wanted. */
  readonly foreignInterpreterInSlot: 'is-used' | 'is-ignored' | 'is-replaced' | 'is-fatal'
  /**
   * `PyGILState_EnsureEx(interpreter)`: where it looks. Where New does not note in the slots of interpreters, EnsureEx fills the one it looked in.
   */
  readonly ensureExLooksIn: 'absent' | 'thread-slot' | 'slot-of-that-interpreter'
  /** `PyGILState_ReleaseEx(interpreter, oldstate)`; where absent, `Release()` ends an EnsureEx too. */
  readonly releaseEx: 'absent' | 'present'
  /** What EnsureEx does when its thread is attached with another thread state. */
  readonly ensureExWhileAttachedElsewhere: 'takes-the-gil' | 'swaps'
  /** Which thread state `Release()` releases. */
  readonly releaseUses: 'same-lookup-as-ensure' | 'current-thread-state'
  /** `PyInterpreterState_Swap(interpreter)`, and how "only when the GIL is not held" is tested: 3.2 knows no holder, only what is current. */
  readonly interpreterSwap: 'absent' | 'unchecked' | 'fatal-if-anything-is-current' | 'fatal-if-this-thread-is-attached'
  /** What `PyThreadState_Swap(non-NULL)`, and so every attach, records for its thread. */
  readonly attachRecords: 'nothing' | 'interpreter' | 'thread-state'
  /** What `PyEval_SaveThread` records before it lets go. */
  readonly saveThreadRecords: 'nothing' | 'interpreter' | 'thread-state'
  /** Whether `PyEval_RestoreThread` forgets what SaveThread recorded. */
  readonly restoreThreadForgets: boolean
  /** Which calls clear the thread's current interpreter. */
  readonly currentInterpreterIsClearedBy: readonly ClearingCall[]
  /** What a thread whose current interpreter was never set counts as. */
  readonly unsetCurrentInterpreterMeans: 'main' | 'fatal'
  /** Whether a thread started from Python sets its current interpreter while it starts. */
  readonly pythonThreadRecordsInterpreter: boolean
  /** `PyThreadState_Swap` "complains loudly" about an unexpected gilstate_counter. */
  readonly swapComplains: SwapComplaint
  /**
   * `PyGILState_Check`: absent before 3.4; compares (3.4, 3.5); is enabled until a sub-interpreter exists (3.6, bpo-10915, changeset
   * e590c632c9fa) and true without a key; the same and false without a key (3.15).
   */
  readonly check: 'absent' | 'compares' | 'enabled-until-sub-interpreter' | 'needs-a-thread-state'
  /** Whether `drop_gil` waits until another thread took the GIL it was asked for. */
  readonly forcedSwitching: boolean
}

/** Calls that pass NULL to `PyThreadState_Swap` or end something, in 3.2. */
export type ClearingCall =
  | 'PyThreadState_Swap'
  | 'PyEval_SaveThread'
  | 'PyEval_ReleaseThread'
  | 'PyThreadState_DeleteCurrent'
  | 'Py_EndInterpreter'

export type SwapComplaint =
  | { readonly kind: 'never' }
  | {
      readonly kind: 'fatal'
      /** Whose counter is looked at. */
      readonly counterOf: 'old-thread-state' | 'new-thread-state' | 'slot-thread-state'
      /** The largest counter that is not complained about. */
      readonly mostExpected: number
      /** Whether SaveThread, RestoreThread and the eval loop, which swap too, are looked at. */
      readonly internalCallsToo: boolean
    }

/** The message of the fatal error that a complaining swap ends with; the words are ours, the debate gives none. */
export const swapComplaintMessage = 'PyThreadState_Swap: unexpected gilstate_counter'
