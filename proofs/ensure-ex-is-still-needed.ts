import { claim } from '../src/judge/claim.ts'
import { callbackFromFreshThread, migratedFreshThread } from '../src/model/clients/callback-from-fresh-thread.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { precreatedThreadState } from './clients/precreated-thread-state.ts'
import { oneThread, oneThreadTwoRounds } from './support/bounds.ts'
import { broken, kept } from './support/check.ts'

export default claim({
  name: 'ensure-ex-is-still-needed',
  says: 'Code without the GIL that has only an interpreter pointer needs EnsureEx.',
  by: 'Dumpleton',
  messages: [126387],
  quote: 'In this case the new PyGILState_EnsureEx() function is used',
  kind: 'checkable',
  formalisation:
    'On a thread of a library the old pair runs in the wrong interpreter, with or without a thread state made beforehand, and EnsureEx in the right one. Code that attaches its own thread state before calling out is not meant.',
  checks: [
    ...broken(callbackFromFreshThread, runsInItsInterpreter, oneThread, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
    ...broken(precreatedThreadState, runsInItsInterpreter, oneThread, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'refuted',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
    ...kept(migratedFreshThread, runsInItsInterpreter, oneThreadTwoRounds, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
  ],
})
