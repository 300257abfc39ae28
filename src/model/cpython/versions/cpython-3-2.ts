import type { Policy } from '../policy.ts'
import { releasePolicyOf32 } from '../release-policy.ts'

/** CPython 3.2.0, release build, GIL created. Python/pystate.c, Python/ceval.c, Python/ceval_gil.h, Python/pythonrun.c (3.2). */
export const cpython32: Policy = {
  ...releasePolicyOf32,
  newThreadStateIsNotedIn: 'thread-slot',
  interpreterSlotsGoWithTheirInterpreter: false,
  keyIsSet: 'only-if-absent',
  plainCallsLookIn: 'thread-slot',
  freshThreadStateGoesTo: 'main',
  foreignInterpreterInSlot: 'is-used',
  ensureExLooksIn: 'absent',
  releaseEx: 'absent',
  ensureExWhileAttachedElsewhere: 'takes-the-gil',
  releaseUses: 'same-lookup-as-ensure',
  interpreterSwap: 'absent',
  attachRecords: 'nothing',
  saveThreadRecords: 'nothing',
  restoreThreadForgets: false,
  currentInterpreterIsClearedBy: [],
  unsetCurrentInterpreterMeans: 'main',
  pythonThreadRecordsInterpreter: false,
  swapComplains: { kind: 'never' },
  check: 'absent',
  forcedSwitching: true,
}
