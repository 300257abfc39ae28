import { stableJson } from '../../../foundation/stable-json.ts'
import type { Policy } from '../policy.ts'
import { cpython32 } from './cpython-3-2.ts'

/** The policies of a range of releases that behave alike. */
export interface Profile {
  /** The range as its first release, or two: "3.9-3.10", "3.13.8". */
  readonly name: string
  /** First release it speaks about, as numbers: [3, 13, 8]. It reaches to the next profile. */
  readonly since: readonly [number, number, number]
  readonly policy: Policy
  /** Builds with `Py_DEBUG`: where they behave differently. */
  readonly debug: Policy
  /** What changed with it, for readers. */
  readonly says: string
}

const cpython27: Policy = {
  ...cpython32,
  forcedSwitching: false,
  dropRequests: 'nobody',
  dropOfUnlockedGil: 'is-undefined',
  acquireLockNeedsThreadState: false,
  // Since 2.7.15, as 3.6.4 does; up to 2.7.14 never.
  ensureCreatesTheGil: 'last',
}
const cpython34: Policy = {
  ...cpython32,
  keyIsSet: 'always-after-a-test',
  check: 'compares',
  lateThreadIsNoticed: 'in-restore-and-loop',
  ensureCreatesTheGil: 'first',
  endInterpreterJoins: true,
}
const cpython36: Policy = { ...cpython34, check: 'enabled-until-sub-interpreter', ensureCreatesTheGil: 'last', deleteCurrentClears: 'last' }
const cpython37: Policy = {
  ...cpython36,
  gilIsCreated: 'at-initialization',
  ensureCreatesTheGil: 'never',
  subInterpretersAtFinalization: 'are-fatal',
  endInterpreterCallsAtexit: true,
}
const cpython38: Policy = { ...cpython37, lateThreadIsNoticed: 'in-every-attach' }
const cpython39: Policy = {
  ...cpython38,
  lateThreadIsNoticed: 'in-take-gil',
  dropRequests: 'those-in-the-interpreter-of-the-waiter',
  deleteCurrentSwitches: true,
  interpreterDeletion: 'clears-the-current',
  otherThreadStatesAreFreed: 'before-teardown',
  messages: 'of-3.9',
}
const cpython311: Policy = {
  ...cpython39,
  firstThreadStateIsReused: false,
  preallocatedCounter: 1,
  lateThreadTakesBackItsRequest: true,
}
const cpython312: Policy = {
  ...cpython311,
  currentThreadState: 'of-the-thread',
  attaching: 'swap-takes',
  slotIsBound: 'when-attached',
  gils: 'one-per-interpreter',
  deleteCurrentSwitches: false,
  interpreterDeletion: 'detaches',
  lateThreadIsNoticed: 'in-take-gil-by-thread',
  gilAfterFinalization: 'free',
  slotsVanish: 'with-the-runtime',
  messages: 'of-3.12',
}
const cpython313: Policy = {
  ...cpython312,
  attaching: 'attaches',
  dropRequests: 'the-last-holder',
  firstThreadStateIsReused: true,
  deleteCurrentClears: 'first',
  counterWhileClearing: 'is-kept',
  subInterpretersAtFinalization: 'are-ended-after-teardown',
  finalizesWith: 'the-main-thread-state',
}
const cpython3138: Policy = { ...cpython313, lateThread: 'hangs' }
const cpython314: Policy = {
  ...cpython3138,
  lateThreadIsNoticed: 'by-its-own-mark',
  otherThreadStatesAreFreed: 'by-reference-count',
  subInterpretersAtFinalization: 'are-ended-first',
  otherThreadStatesAtEnd: 'are-marked',
}
const cpython315: Policy = { ...cpython314, guards: true, check: 'needs-a-thread-state', slotsVanish: 'never' }

function profile(name: string, since: Profile['since'], policy: Policy, says: string, inDebug: Partial<Policy> = {}): Profile {
  return Object.freeze({ name, since, policy, debug: { ...policy, ...inDebug, debug: true }, says })
}

/** `PyThreadState_GET()` of debug builds. Include/pystate.h (3.2 to 3.4). */
const getsByCall: Partial<Policy> = { getsCurrentByCall: true }

/** Every profile, oldest first. */
export const profiles: readonly Profile[] = [
  profile('2.7', [2, 7, 0], cpython27, 'The old GIL: a plain lock that the eval loop drops every so many instructions, asked or not.'),
  profile('3.2', [3, 2, 0], cpython32, 'The new GIL: waiting threads ask for it. The release of the debate.', getsByCall),
  profile(
    '3.2.1',
    [3, 2, 1],
    { ...cpython32, lateThreadIsNoticed: 'in-restore' },
    'PyEval_RestoreThread ends threads that come too late for finalization.',
    getsByCall,
  ),
  profile(
    '3.4',
    [3, 4, 0],
    cpython34,
    'Keys are always set; PyGILState_Check; Ensure creates the GIL; the eval loop ends late threads.',
    getsByCall,
  ),
  profile(
    '3.5',
    [3, 5, 0],
    cpython34,
    'Only debug builds differ: the current thread state is read, and not asked for by PyThreadState_Get.',
  ),
  profile('3.6', [3, 6, 0], cpython36, 'PyGILState_Check says yes once a sub-interpreter was made; Ensure creates the GIL last.'),
  profile('3.7', [3, 7, 0], cpython37, 'Py_Initialize creates the GIL; a live sub-interpreter makes Py_FinalizeEx a fatal error.'),
  profile('3.8', [3, 8, 0], cpython38, 'PyEval_AcquireThread and PyEval_AcquireLock end late threads too.'),
  profile(
    '3.9',
    [3, 9, 0],
    cpython39,
    'take_gil ends late threads; waiting threads ask their own interpreter; finalization frees other thread states early.',
  ),
  profile('3.11', [3, 11, 0], cpython311, 'The first thread state lies in its interpreter, and its memory is used only once.'),
  profile(
    '3.12',
    [3, 12, 0],
    cpython312,
    'Each OS thread has a current thread state; the slot follows it; a GIL for each interpreter that wants one.',
  ),
  profile('3.13', [3, 13, 0], cpython313, 'Thread states are attached and detached; a thread that is attached already is refused.'),
  profile('3.13.8', [3, 13, 8], cpython3138, 'Late threads sleep for ever instead of ending.'),
  profile('3.14', [3, 14, 0], cpython314, 'Late threads are told by a mark on their thread state, which is kept for them.'),
  profile('3.15', [3, 15, 0], cpython315, 'PEP 788: guards, views, PyThreadState_Ensure.'),
]

/** Those whose releases behave in a way of their own: between others only the debug builds differ. */
export const distinctProfiles: readonly Profile[] = profiles.filter(
  ({ policy }, i) => stableJson(policy) !== stableJson(profiles[i - 1]?.policy ?? {}),
)

/** The policy of the profile with this name: "3.15". A name nobody gave is a mistake of the caller's. */
export function policyOfProfile(name: string): Policy {
  const found = profiles.find((known) => known.name === name)
  if (found === undefined) throw new TypeError(`policyOfProfile: no "${name}" among ${profiles.map((known) => known.name).join(', ')}`)
  return found.policy
}
