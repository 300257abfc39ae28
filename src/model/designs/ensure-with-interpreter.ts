import type { Policy } from '../cpython/policy.ts'
import { policyOfProfile } from '../cpython/versions/releases.ts'
import type { Design } from './design.ts'

/** PyGILState_Ensure of 3.14 with the interpreter of fresh thread states as an argument. */
const slotIsUsed: Policy = { ...policyOfProfile('3.14'), ensureExLooksIn: 'thread-slot', foreignInterpreterInSlot: 'is-used' }

/** Pull request 130012 of CPython for gh-124622 (February 2025), closed in favour of PEP 788. */
export const ensureWithInterpreter: Design = {
  name: 'ensure-with-interpreter',
  title: 'PyThreadState_Ensure(interpreter), without a guard',
  by: 'Victor Stinner, pull request 130012',
  says: 'PyThreadState_Ensure takes an interpreter and returns an integer, PyGILState_UNLOCKED or LOCKED; PyThreadState_Release takes it back. Nothing keeps the interpreter alive.',
  readings: [
    {
      name: 'slot-is-used',
      says: 'Only the making of a thread state asks for the interpreter: what is in the slot is used, as PyGILState_Ensure does.',
      policy: slotIsUsed,
    },
    {
      name: 'foreign-slot-is-ignored',
      says: 'A thread state of another interpreter in the slot is not used, and a new one is made, which takes the slot when it is attached.',
      policy: { ...slotIsUsed, foreignInterpreterInSlot: 'is-ignored' },
    },
    {
      name: 'foreign-slot-is-fatal',
      says: 'A thread state of another interpreter in the slot is a fatal error.',
      policy: { ...slotIsUsed, foreignInterpreterInSlot: 'is-fatal' },
    },
  ],
  variations: [],
  leftOut: [
    {
      reading: 'it returns an error',
      because: 'The integer is the old state; a result for failure came with the first revision of PEP 788, two months later.',
    },
    {
      reading: 'a thread that is attached elsewhere is swapped',
      because: 'The integer has no room for the thread state to go back to.',
    },
  ],
}
