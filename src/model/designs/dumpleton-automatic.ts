import type { Policy } from '../cpython/policy.ts'
import { cpython32 } from '../cpython/versions/cpython-3-2.ts'
import type { Design } from './design.ts'

/** Attaching records the interpreter; only an explicit `PyThreadState_Swap(NULL)` and the end of an interpreter clear it. */
const explicitSwapClears: Policy = {
  ...cpython32,
  newThreadStateIsNotedIn: 'interpreter-slot',
  plainCallsLookIn: 'slot-of-current-interpreter',
  freshThreadStateGoesTo: 'current-interpreter',
  ensureExLooksIn: 'slot-of-that-interpreter',
  attachRecords: 'interpreter',
  currentInterpreterIsClearedBy: ['PyThreadState_Swap', 'Py_EndInterpreter'],
}

/** The one slot of 3.2, pointed at whatever is attached: what 3.12 came to do. */
const attachPointsSlot: Policy = {
  ...cpython32,
  ensureExLooksIn: 'thread-slot',
  foreignInterpreterInSlot: 'is-ignored',
  attachRecords: 'thread-state',
}

/** Graham Dumpleton, msg126387: "various of the thread state related functions that exist already could do this automatically". */
export const dumpletonAutomatic: Design = {
  name: 'dumpleton-automatic',
  title: 'Dumpleton II: the current interpreter kept automatically, EnsureEx',
  by: 'Graham Dumpleton, msg126387',
  says: 'TLS records what interpreter a thread is running against; Py_NewInterpreter and PyThreadState_Swap keep it, Swap(NULL) clears it, Ensure uses it. EnsureEx is for code that has only an interpreter pointer.',
  readings: [
    {
      name: 'explicit-swap-clears',
      says: 'Attaching records the interpreter; only a call of PyThreadState_Swap(NULL) by the program clears it, not the ones inside CPython. Never set means main.',
      policy: explicitSwapClears,
    },
    {
      name: 'every-swap-clears',
      says: 'To the letter: PyEval_SaveThread and PyEval_ReleaseThread call PyThreadState_Swap(NULL) in 3.2, so they clear it too.',
      policy: {
        ...explicitSwapClears,
        currentInterpreterIsClearedBy: ['PyThreadState_Swap', 'PyEval_SaveThread', 'PyEval_ReleaseThread', 'Py_EndInterpreter'],
      },
    },
    {
      name: 'release-thread-clears',
      says: 'SaveThread keeps it, PyEval_ReleaseThread clears it: the thread is done with the interpreter.',
      policy: { ...explicitSwapClears, currentInterpreterIsClearedBy: ['PyThreadState_Swap', 'PyEval_ReleaseThread', 'Py_EndInterpreter'] },
    },
    {
      name: 'attach-points-the-slot',
      says: 'The single slot stays and every attach points it at the attached thread state; nothing clears it. CPython 3.12 came to do this.',
      policy: attachPointsSlot,
    },
    {
      name: 'never-cleared',
      says: 'Attaching records the interpreter and nothing ever clears it.',
      policy: { ...explicitSwapClears, currentInterpreterIsClearedBy: [] },
    },
  ],
  variations: [
    {
      name: 'only-explicit-calls-record',
      question: 'Do the swaps inside RestoreThread and AcquireThread record the interpreter?',
      says: 'SaveThread records instead; attaching does not.',
      policy: { ...explicitSwapClears, attachRecords: 'nothing', saveThreadRecords: 'interpreter' },
    },
    {
      name: 'never-set-is-fatal',
      question: 'What does a thread mean that never attached anything?',
      says: 'It is refused, as a cleared one.',
      policy: { ...explicitSwapClears, unsetCurrentInterpreterMeans: 'fatal' },
    },
    {
      name: 'delete-current-clears',
      question: 'Is PyThreadState_DeleteCurrent one of the "functions which clear/delete an interpreter state"?',
      says: 'It clears too, so a Release that destroys its thread state does.',
      policy: {
        ...explicitSwapClears,
        currentInterpreterIsClearedBy: ['PyThreadState_Swap', 'PyThreadState_DeleteCurrent', 'Py_EndInterpreter'],
      },
    },
    {
      name: 'release-uses-what-is-current',
      question: 'How does Release know the interpreter without ReleaseEx?',
      says: 'It releases the current thread state.',
      policy: { ...explicitSwapClears, releaseUses: 'current-thread-state' },
    },
    {
      name: 'ensure-ex-swaps',
      question: 'What if EnsureEx is called while attached elsewhere?',
      says: 'It swaps, and Release swaps back.',
      policy: { ...explicitSwapClears, ensureExWhileAttachedElsewhere: 'swaps' },
    },
  ],
  leftOut: [
    {
      reading: 'EnsureEx sets the current interpreter and Release restores the former one',
      because: 'The former one has nowhere to be kept: PyGILState_STATE has two values, and nested calls would need a stack.',
    },
    {
      reading: 'a failed assertion is checked in debug builds only',
      because: 'A release build would then dereference NULL, which differs from the fatal error only in its message.',
    },
  ],
}
