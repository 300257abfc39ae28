import { claim } from '../src/judge/claim.ts'
import { callbackFromFreshThread, migratedFreshThread } from '../src/model/clients/callback-from-fresh-thread.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThread, oneThreadTwoRounds } from './support/bounds.ts'
import { broken, kept } from './support/check.ts'

export default claim({
  name: 'callbacks-on-library-threads-must-be-fixed',
  says: 'Where a library made the thread, TLS does not help and the extension has to be fixed.',
  by: 'Pitrou',
  messages: [126349],
  quote: 'So extensions *will* have to be',
  kind: 'checkable',
  formalisation:
    'On a thread of a library that nobody set an interpreter for, the unmodified callback runs in the wrong interpreter; the one that sets it first runs in the right one.',
  checks: [
    ...broken(callbackFromFreshThread, runsInItsInterpreter, oneThread, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
    ...kept(migratedFreshThread, runsInItsInterpreter, oneThreadTwoRounds, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
  ],
})
