import { claim } from '../src/judge/claim.ts'
import { modWsgiPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThreadTwoRounds } from './support/bounds.ts'
import { broken } from './support/check.ts'

export default claim({
  name: 'mod-wsgi-would-need-to-change',
  says: 'Embedders with several interpreters, such as mod_wsgi, are the code that has to change.',
  by: 'Dumpleton',
  messages: [126387],
  quote: 'In other words, mod_wsgi would need to change',
  kind: 'checkable',
  formalisation: 'Read as: left alone, the pool is broken, its callbacks run in the wrong interpreter or die.',
  checks: [
    ...broken(modWsgiPool, runsInItsInterpreter, oneThreadTwoRounds, {
      'dumpleton-automatic.explicit-swap-clears': 'refuted',
      'dumpleton-automatic.every-swap-clears': 'refuted',
      'dumpleton-automatic.release-thread-clears': 'refuted',
      'dumpleton-automatic.attach-points-the-slot': 'refuted',
      'dumpleton-automatic.never-cleared': 'refuted',
    }),
    ...broken(modWsgiPool, noFatalError, oneThreadTwoRounds, {
      'dumpleton-automatic.explicit-swap-clears': 'refuted',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'refuted',
      'dumpleton-automatic.attach-points-the-slot': 'refuted',
      'dumpleton-automatic.never-cleared': 'refuted',
    }),
  ],
})
