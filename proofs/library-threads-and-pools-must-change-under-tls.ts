import { claim } from '../src/judge/claim.ts'
import { callbackFromFreshThread } from '../src/model/clients/callback-from-fresh-thread.ts'
import { modWsgiPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThread, oneThreadTwoRounds } from './support/bounds.ts'
import { broken } from './support/check.ts'

export default claim({
  name: 'library-threads-and-pools-must-change-under-tls',
  says: 'With TLS, modules with threads of their own and persistent pools have to be modified all the same.',
  by: 'Dumpleton',
  messages: [126355],
  quote: 'systems like mod_wsgi which have a persistent thread pool',
  kind: 'checkable',
  formalisation:
    'Unmodified, a callback on a thread of a library and a pool that serves two interpreters must run in the wrong interpreter.',
  checks: [
    ...broken(callbackFromFreshThread, runsInItsInterpreter, oneThread, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
    ...broken(modWsgiPool, runsInItsInterpreter, oneThreadTwoRounds, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
  ],
})
