import { claim } from '../src/judge/claim.ts'
import { migratedFreshThread } from '../src/model/clients/callback-from-fresh-thread.ts'
import { migratedHelperThread } from '../src/model/clients/helper-thread.ts'
import { migratedSwigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { pairRestoresAttachment } from '../src/properties/catalog/pair-restores-attachment.ts'
import { oneThread, oneThreadTwoRounds } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'release-ex-is-not-needed',
  says: 'Once everything knows the current interpreter, Release needs no argument.',
  by: 'Dumpleton',
  messages: [126387],
  quote: "you probably don't need PyGILState_ReleaseEx()",
  kind: 'checkable',
  formalisation:
    'Clients that pair EnsureEx with the old Release must not die, and must find attached what they had, however Release looks the thread state up. What happens when the program swaps in between is not asked.',
  checks: [
    ...kept(migratedSwigCallbackOnPythonThread, noFatalError, oneThread, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
      'dumpleton-automatic.release-uses-what-is-current': 'confirmed',
    }),
    ...kept(migratedSwigCallbackOnPythonThread, pairRestoresAttachment, oneThread, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
      'dumpleton-automatic.release-uses-what-is-current': 'confirmed',
    }),
    ...kept(migratedFreshThread, noFatalError, oneThreadTwoRounds, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
      'dumpleton-automatic.release-uses-what-is-current': 'confirmed',
    }),
    ...kept(migratedFreshThread, pairRestoresAttachment, oneThreadTwoRounds, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
      'dumpleton-automatic.release-uses-what-is-current': 'confirmed',
    }),
    ...kept(migratedHelperThread, noFatalError, oneThreadTwoRounds, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
      'dumpleton-automatic.release-uses-what-is-current': 'confirmed',
    }),
    ...kept(migratedHelperThread, pairRestoresAttachment, oneThreadTwoRounds, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
      'dumpleton-automatic.release-uses-what-is-current': 'confirmed',
    }),
  ],
})
