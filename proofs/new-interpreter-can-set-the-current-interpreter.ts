import { claim } from '../src/judge/claim.ts'
import { ensureThenNewInterpreter } from '../src/model/clients/ensure-then-new-interpreter.ts'
import { swigCallbackOnMakerThread } from '../src/model/clients/swig-callback.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThread, twoThreads } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'new-interpreter-can-set-the-current-interpreter',
  says: 'After a thread makes an interpreter, a callback on it finds that interpreter without being told.',
  by: 'Dumpleton',
  messages: [126387],
  quote: 'it would also automatically update the TLS for the current thread to be that new interpreter',
  kind: 'checkable',
  formalisation:
    'A foreign thread makes a sub-interpreter inside Ensure, and the main thread makes one; both call out and are called back with the old pair. They must run in the new interpreter and not die.',
  checks: [
    ...kept(ensureThenNewInterpreter, runsInItsInterpreter, oneThread, {
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
    ...kept(ensureThenNewInterpreter, noFatalError, oneThread, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'refuted',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
    ...kept(swigCallbackOnMakerThread, noFatalError, twoThreads, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'refuted',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
  ],
})
