import type { Policy } from '../cpython/policy.ts'
import { policyOfProfile } from '../cpython/versions/releases.ts'
import type { Design } from './design.ts'

const released = policyOfProfile('3.12')

/** 3.12 with blocks, which are guards of the runtime; threads that come too late without one sleep for ever. */
const blocks: Policy = {
  ...released,
  guards: true,
  guardedEnsure: { ...released.guardedEnsure, threadStateEnsure: 'absent', plainEnsureIsGuarded: false, fromView: 'absent' },
  lateThread: 'hangs',
}

/** Pull request 28525 of CPython for bpo-42969, gh-87135 (2021 to 2023), closed; what hangs late threads was merged as 105805 in 3.14. */
export const finalizeBlocks: Design = {
  name: 'finalize-blocks',
  title: 'Finalize blocks, apart from the GIL',
  by: 'Jeremy Maitin-Shepard, pull request 28525',
  says: 'PyThread_TryAcquireFinalizeBlock keeps the runtime from finalizing until the block is released, or says that it is too late; a thread with a block can take the GIL without the risk of sleeping for ever. The old pair stays as it is.',
  readings: [
    { name: 'late-threads-sleep', says: 'Late threads without a block sleep for ever.', policy: blocks },
    {
      name: 'late-threads-end',
      says: 'Blocks alone, without the other half of the pull request: late threads end, as in 3.12.',
      policy: { ...blocks, lateThread: 'exits' },
    },
  ],
  variations: [
    {
      name: 'plain-ensure-takes-a-block',
      question: 'Could PyGILState_Ensure itself be saved?',
      says: 'Ensure of a fresh thread takes a block while it makes a thread state, as 3.15 came to do.',
      policy: { ...blocks, guardedEnsure: { ...blocks.guardedEnsure, plainEnsureIsGuarded: true } },
    },
  ],
  leftOut: [
    {
      reading: 'PyGILState_TryAcquireFinalizeBlockAndGIL as one call',
      because: 'It is said to be the block and then PyGILState_Ensure, and so is the same program.',
    },
    {
      reading: 'PyEval_AcquireThread that fails instead of sleeping',
      because: 'Callers that look at its result are new code, which can as well take a block first.',
    },
    {
      reading: 'a block for each interpreter',
      because: 'The functions of the pull request take no interpreter: there is one count for the runtime.',
    },
  ],
}
