import { claim } from '../src/judge/claim.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { letsGoWithSwapAndReleaseLock } from './clients/lets-go-with-swap-and-release-lock.ts'
import { oneThread } from './support/bounds.ts'
import { broken, kept } from './support/check.ts'

export default claim({
  name: 'swap-null-makes-later-calls-assert',
  says: 'After PyThreadState_Swap(NULL) the calls that need the current interpreter fail.',
  by: 'Dumpleton',
  messages: [126387],
  quote: 'all functions later that rely on that TLS asserting that it is not NULL when used',
  kind: 'checkable',
  formalisation:
    'A thread lets the GIL go with PyThreadState_Swap(NULL) and PyEval_ReleaseLock and is called back with the old pair, which is right on 3.2: it must die. The claim is what the design wants; that a program which works today pays for it is not in the message.',
  checks: [
    ...kept(letsGoWithSwapAndReleaseLock, noFatalError, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(letsGoWithSwapAndReleaseLock, noFatalError, oneThread, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'refuted',
      'dumpleton-automatic.never-cleared': 'refuted',
    }),
  ],
})
