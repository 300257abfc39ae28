import type { Policy } from '../cpython/policy.ts'
import { cpython32 } from '../cpython/versions/cpython-3-2.ts'
import type { Design } from './design.ts'

/** The literal reading: the key of each interpreter takes the place of the global one, and the old pair means the main interpreter. */
const oldPairMeansMain: Policy = {
  ...cpython32,
  newThreadStateIsNotedIn: 'interpreter-slot',
  plainCallsLookIn: 'slot-of-main',
  ensureExLooksIn: 'slot-of-that-interpreter',
  interpreterSlotsGoWithTheirInterpreter: true,
  releaseEx: 'present',
}

/** The global key stays beside the new ones, and New fills both. */
const bothKeysWritten: Policy = { ...oldPairMeansMain, newThreadStateIsNotedIn: 'both-slots', plainCallsLookIn: 'thread-slot' }

/**
 * Antoine Pitrou, msg126333 and the sketch of msg126335, defended in msg126349 and msg126354. Nominal reading: "instead of the current
 * global TLS key" is taken to the letter. The text of the attached patch could not be had; this is reconstructed from the messages.
 */
export const pitrou: Design = {
  name: 'pitrou',
  title: 'Pitrou: a TLS key in each interpreter, EnsureEx and ReleaseEx',
  by: 'Antoine Pitrou, msg126333 and msg126335',
  says: 'Two new functions take the interpreter; each interpreter has a TLS key of its own, so a thread has one slot per interpreter. "It will be up to the caller to know which interpreter they want to hook into."',
  readings: [
    {
      name: 'old-pair-means-main',
      says: 'The global key is gone: the old Ensure and Release mean the main interpreter.',
      policy: oldPairMeansMain,
    },
    {
      name: 'both-keys-written',
      says: 'The global key stays for the old pair, and a new thread state is noted under both keys.',
      policy: bothKeysWritten,
    },
    {
      name: 'keys-kept-apart',
      says: 'The global key stays for the old pair; the new keys are written by EnsureEx alone, so a thread state made otherwise is unknown to it.',
      policy: { ...bothKeysWritten, newThreadStateIsNotedIn: 'thread-slot' },
    },
    {
      name: 'old-pair-means-main-and-swaps',
      says: 'As the first, but EnsureEx in a thread attached elsewhere swaps, and ReleaseEx swaps back.',
      policy: { ...oldPairMeansMain, ensureExWhileAttachedElsewhere: 'swaps' },
    },
    {
      name: 'both-keys-written-and-swaps',
      says: 'Both keys are written, and EnsureEx in a thread attached elsewhere swaps.',
      policy: { ...bothKeysWritten, ensureExWhileAttachedElsewhere: 'swaps' },
    },
  ],
  variations: [],
  leftOut: [
    {
      reading: 'PyGILState_STATE carries the thread state to go back to',
      because: 'The type has two values and existing callers store it; the swapping readings keep it in the thread state instead.',
    },
    {
      reading: 'EnsureEx keeps its interpreter alive',
      because: 'No message gives a rule for lifetimes; an interpreter that ended before EnsureEx is used after it is freed.',
    },
  ],
}
