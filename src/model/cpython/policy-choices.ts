import type { Diagnostic } from '../../foundation/diagnostic.ts'
import type { Expected } from '../../foundation/expect-shape.ts'
import { expectShape, isRecord, oneOf } from '../../foundation/expect-shape.ts'
import type { ClearingCall, Policy } from './policy.ts'
import { releaseChoices } from './release-policy-choices.ts'

const truth: Expected = { says: 'true or false', accepts: (value) => typeof value === 'boolean' }
const recorded = ['nothing', 'interpreter', 'thread-state'] as const

const clearingCalls: readonly ClearingCall[] = [
  'PyThreadState_Swap',
  'PyEval_SaveThread',
  'PyEval_ReleaseThread',
  'PyThreadState_DeleteCurrent',
  'Py_EndInterpreter',
]

/** For each decision, what may be decided: the types of `Policy` once more, for policies that no compiler has seen. */
const choices: { readonly [Decision in keyof Policy]: Expected } = {
  ...releaseChoices,
  newThreadStateIsNotedIn: among<Policy['newThreadStateIsNotedIn']>('thread-slot', 'interpreter-slot', 'both-slots'),
  interpreterSlotsGoWithTheirInterpreter: truth,
  keyIsSet: among<Policy['keyIsSet']>('only-if-absent', 'always-after-a-test'),
  plainCallsLookIn: among<Policy['plainCallsLookIn']>('thread-slot', 'slot-of-main', 'slot-of-current-interpreter'),
  freshThreadStateGoesTo: among<Policy['freshThreadStateGoesTo']>('main', 'current-interpreter'),
  foreignInterpreterInSlot: among<Policy['foreignInterpreterInSlot']>('is-used', 'is-ignored', 'is-replaced', 'is-fatal'),
  ensureExLooksIn: among<Policy['ensureExLooksIn']>('absent', 'thread-slot', 'slot-of-that-interpreter'),
  releaseEx: among<Policy['releaseEx']>('absent', 'present'),
  ensureExWhileAttachedElsewhere: among<Policy['ensureExWhileAttachedElsewhere']>('takes-the-gil', 'swaps'),
  releaseUses: among<Policy['releaseUses']>('same-lookup-as-ensure', 'current-thread-state'),
  interpreterSwap: among<Policy['interpreterSwap']>(
    'absent',
    'unchecked',
    'fatal-if-anything-is-current',
    'fatal-if-this-thread-is-attached',
  ),
  attachRecords: among<Policy['attachRecords']>(...recorded),
  saveThreadRecords: among<Policy['saveThreadRecords']>(...recorded),
  restoreThreadForgets: truth,
  currentInterpreterIsClearedBy: {
    says: `a list of ${clearingCalls.join(', ')}`,
    accepts: (value) => Array.isArray(value) && value.every((call) => clearingCalls.some((known) => known === call)),
  },
  unsetCurrentInterpreterMeans: among<Policy['unsetCurrentInterpreterMeans']>('main', 'fatal'),
  pythonThreadRecordsInterpreter: truth,
  swapComplains: {
    says: "{ kind: 'never' } or { kind: 'fatal', counterOf, mostExpected, internalCallsToo }",
    accepts: isSwapComplaint,
  },
  check: among<Policy['check']>('absent', 'compares', 'enabled-until-sub-interpreter', 'needs-a-thread-state'),
  forcedSwitching: truth,
}

/** Everything wrong with a policy that a user wrote; empty if nothing is. */
export function validatePolicy(policy: unknown, place: readonly string[]): readonly Diagnostic[] {
  return expectShape(policy, choices, place)
}

function among<Choice extends string>(...known: readonly Choice[]): Expected {
  return oneOf(...known)
}

function isSwapComplaint(value: unknown): boolean {
  if (!isRecord(value)) return false
  const { kind, counterOf, mostExpected, internalCallsToo } = value
  if (kind === 'never') return true
  const isKnown = ['old-thread-state', 'new-thread-state', 'slot-thread-state'].some((name) => name === counterOf)
  return kind === 'fatal' && isKnown && Number.isSafeInteger(mostExpected) && typeof internalCallsToo === 'boolean'
}
