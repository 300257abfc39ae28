import { claim } from '../src/judge/claim.ts'
import { callbackWhileAttachedOnMakerThread } from '../src/model/clients/callback-while-attached.ts'
import { handedOverThread } from '../src/model/clients/handed-over-thread.ts'
import { modWsgiPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { swigCallbackOnMakerThread, swigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { noThreadWaitsForItself } from '../src/properties/catalog/no-thread-waits-for-itself.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { plainCallbackAfterMigratedOne } from './clients/plain-callback-after-migrated-one.ts'
import { oneThread, oneThreadTwoRounds, twoThreads } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'unmodified-extensions-just-work',
  says: 'With the current interpreter kept automatically, all extension modules that do not care work unmodified.',
  by: 'Dumpleton',
  messages: [126387],
  quote: "all extension modules that don't really care about whether sub interpreters are being used should work without modification",
  kind: 'checkable',
  formalisation:
    'Unmodified callbacks on the thread that called out, in every way a thread comes to run a sub-interpreter, must run in their interpreter and not die; with the GIL kept they must not wait for themselves; and after another library used EnsureEx on the thread they must still run where they belong.',
  checks: [
    ...kept(swigCallbackOnPythonThread, runsInItsInterpreter, twoThreads, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
    ...kept(swigCallbackOnMakerThread, runsInItsInterpreter, twoThreads, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
    ...kept(modWsgiPool, runsInItsInterpreter, oneThreadTwoRounds, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
    ...kept(handedOverThread, runsInItsInterpreter, oneThread, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
    ...kept(swigCallbackOnPythonThread, noFatalError, twoThreads, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'refuted',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
    ...kept(modWsgiPool, noFatalError, oneThreadTwoRounds, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'refuted',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
    ...kept(callbackWhileAttachedOnMakerThread, noThreadWaitsForItself, twoThreads, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
    ...kept(plainCallbackAfterMigratedOne, runsInItsInterpreter, oneThread, {
      'dumpleton-automatic.explicit-swap-clears': 'refuted',
      'dumpleton-automatic.every-swap-clears': 'refuted',
      'dumpleton-automatic.release-thread-clears': 'refuted',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'refuted',
    }),
  ],
})
