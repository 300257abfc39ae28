import type { Expected } from '../../foundation/expect-shape.ts'
import { oneOf } from '../../foundation/expect-shape.ts'
import { guardedEnsureChoice } from './guards/guarded-ensure.ts'
import type { ReleasePolicy } from './release-policy.ts'

const truth: Expected = { says: 'true or false', accepts: (value) => typeof value === 'boolean' }

/** For each decision of a release, what may be decided: the types of `ReleasePolicy` once more, for policies that no compiler has seen. */
export const releaseChoices: { readonly [Decision in keyof ReleasePolicy]: Expected } = {
  currentThreadState: oneOf('of-the-process', 'of-the-thread'),
  attaching: oneOf('takes-and-swaps', 'swap-takes', 'attaches'),
  slotIsBound: oneOf('when-made', 'when-attached'),
  gilIsCreated: oneOf('on-demand', 'at-initialization'),
  ensureCreatesTheGil: oneOf('never', 'first', 'last'),
  gils: oneOf('one', 'one-per-interpreter'),
  dropRequests: oneOf('nobody', 'everybody', 'those-in-the-interpreter-of-the-waiter', 'the-last-holder'),
  deleteCurrentSwitches: truth,
  dropOfUnlockedGil: oneOf('is-fatal', 'is-undefined'),
  acquireLockNeedsThreadState: truth,
  interpreterDeletion: oneOf('is-fatal-if-current', 'clears-the-current', 'detaches'),
  firstThreadStateIsReused: truth,
  preallocatedCounter: { says: '0 or 1', accepts: (value) => value === 0 || value === 1 },
  deleteCurrentClears: oneOf('first', 'last'),
  counterWhileClearing: oneOf('is-zero', 'is-kept'),
  lateThreadIsNoticed: oneOf(
    'nowhere',
    'in-restore',
    'in-restore-and-loop',
    'in-every-attach',
    'in-take-gil',
    'in-take-gil-by-thread',
    'by-its-own-mark',
  ),
  lateThread: oneOf('exits', 'hangs'),
  lateThreadTakesBackItsRequest: truth,
  otherThreadStatesAreFreed: oneOf('with-the-interpreter', 'before-teardown', 'by-reference-count'),
  gilAfterFinalization: oneOf('locked', 'free'),
  slotsVanish: oneOf('with-the-key', 'with-the-runtime', 'never'),
  subInterpretersAtFinalization: oneOf('are-left', 'are-fatal', 'are-ended-after-teardown', 'are-ended-first'),
  otherThreadStatesAtEnd: oneOf('are-fatal', 'are-marked'),
  finalizesWith: oneOf('the-current-thread-state', 'the-main-thread-state'),
  endInterpreterJoins: truth,
  endInterpreterCallsAtexit: truth,
  guards: truth,
  guardedEnsure: guardedEnsureChoice,
  getsCurrentByCall: truth,
  messages: oneOf('of-3.2', 'of-3.9', 'of-3.12'),
  debug: truth,
}
