import type { Expected } from '../../../foundation/expect-shape.ts'
import { expectShape, oneOf } from '../../../foundation/expect-shape.ts'

/** How `PyThreadState_Ensure` and Release work where there are guards: the decisions in which the texts of PEP 788 differ. */
export interface GuardedEnsure {
  /** `PyThreadState_Ensure`; where absent, guards only keep the runtime from finalizing. */
  readonly threadStateEnsure: 'absent' | 'present'
  /** Whether `PyGILState_Ensure` of a fresh thread takes a guard while it makes a thread state, and never comes back where it is refused. */
  readonly plainEnsureIsGuarded: boolean
  /** `PyThreadState_EnsureFromView`; where absent, callers take a guard from the view themselves. */
  readonly fromView: 'absent' | 'present'
  /** What comes of asking for a guard of the current interpreter too late. */
  readonly refusedGuard: 'is-an-exception' | 'is-fatal'
  /** Whether the thread state owns the guard that Ensure was given, so that the caller must not close it: "non-daemon" thread states. */
  readonly takesOverTheGuard: boolean
  /** Whose guard a guard becomes that a thread state is to own: the attached one's, or that of the one Ensure returned. */
  readonly guardIsOwnedBy: 'the-attached-thread-state' | 'the-returned-thread-state'
  /** Which Release closes the guard that the thread state owns. */
  readonly ownedGuardIsClosedBy: 'the-last-release' | 'the-next-release'
  /** Which remembered thread state a detached thread attaches. */
  readonly remembered: 'of-that-interpreter' | 'of-any-interpreter'
  /** Where what was attached before is kept; in the thread state there is room for what the outermost Ensure found. */
  readonly whatWasAttachedIsKept: 'in-the-token' | 'in-the-thread-state'
  /** The token of a thread that is attached to that interpreter already. */
  readonly tokenWhileAttached: 'its-thread-state' | 'the-sentinel'
  /** What a Release does that is not the last of its thread state. */
  readonly earlierRelease: 'detaches-what-was-detached' | 'returns'
  /** What the last Release deletes when nothing was attached before. */
  readonly releaseToNothingDeletes: 'what-ensure-made' | 'what-is-attached'
  /** Whether the last Release deletes its thread state before or after it attaches what was attached. */
  readonly releaseDeletes: 'after-swapping' | 'before-swapping'
  /** The slot after the last Release: as attaching left it, or what it was before Ensure. */
  readonly slotAfterRelease: 'as-attaching-left-it' | 'is-restored'
}

/** As released with 3.15. */
export const guardedEnsureOf315: GuardedEnsure = {
  threadStateEnsure: 'present',
  plainEnsureIsGuarded: true,
  fromView: 'present',
  refusedGuard: 'is-an-exception',
  takesOverTheGuard: false,
  guardIsOwnedBy: 'the-attached-thread-state',
  ownedGuardIsClosedBy: 'the-last-release',
  remembered: 'of-that-interpreter',
  whatWasAttachedIsKept: 'in-the-token',
  tokenWhileAttached: 'its-thread-state',
  earlierRelease: 'detaches-what-was-detached',
  releaseToNothingDeletes: 'what-ensure-made',
  releaseDeletes: 'after-swapping',
  slotAfterRelease: 'as-attaching-left-it',
}

const truth: Expected = { says: 'true or false', accepts: (value) => typeof value === 'boolean' }

const choices: { readonly [Decision in keyof GuardedEnsure]: Expected } = {
  threadStateEnsure: oneOf('absent', 'present'),
  plainEnsureIsGuarded: truth,
  fromView: oneOf('absent', 'present'),
  refusedGuard: oneOf('is-an-exception', 'is-fatal'),
  takesOverTheGuard: truth,
  guardIsOwnedBy: oneOf('the-attached-thread-state', 'the-returned-thread-state'),
  ownedGuardIsClosedBy: oneOf('the-last-release', 'the-next-release'),
  remembered: oneOf('of-that-interpreter', 'of-any-interpreter'),
  whatWasAttachedIsKept: oneOf('in-the-token', 'in-the-thread-state'),
  tokenWhileAttached: oneOf('its-thread-state', 'the-sentinel'),
  earlierRelease: oneOf('detaches-what-was-detached', 'returns'),
  releaseToNothingDeletes: oneOf('what-ensure-made', 'what-is-attached'),
  releaseDeletes: oneOf('after-swapping', 'before-swapping'),
  slotAfterRelease: oneOf('as-attaching-left-it', 'is-restored'),
}

/** What a policy's `guardedEnsure` may be. */
export const guardedEnsureChoice: Expected = {
  says: `a record of ${Object.keys(choices).join(', ')}, such as { ...guardedEnsureOf315, takesOverTheGuard: true }`,
  accepts: (value) => expectShape(value, choices, []).length === 0,
}
