import { claim } from '../src/judge/claim.ts'
import { migratedEmbedderWithEnsureEx } from '../src/model/clients/mod-wsgi-pool.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThreadTwoRounds } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'an-embedder-can-attach-with-ensure-ex',
  says: 'An embedder can replace its own bookkeeping of thread states by EnsureEx.',
  by: 'Dumpleton',
  messages: [126387],
  quote: 'simply replacing all the equivalent stuff it already has for doing what PyGILState_??? functions do now',
  kind: 'checkable',
  formalisation:
    'A pool attaches with EnsureEx of the interpreter it serves; unmodified modules are called back inside. They must run in that interpreter and not die.',
  checks: [
    ...kept(migratedEmbedderWithEnsureEx, runsInItsInterpreter, oneThreadTwoRounds, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
    ...kept(migratedEmbedderWithEnsureEx, noFatalError, oneThreadTwoRounds, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'refuted',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
  ],
})
