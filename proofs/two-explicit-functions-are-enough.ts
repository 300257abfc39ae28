import { claim } from '../src/judge/claim.ts'
import { migratedFreshThread } from '../src/model/clients/callback-from-fresh-thread.ts'
import { migratedHandedOverThread } from '../src/model/clients/handed-over-thread.ts'
import { migratedHelperThread } from '../src/model/clients/helper-thread.ts'
import { migratedPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { migratedSwigCallbackOnMakerThread, migratedSwigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThread, oneThreadTwoRounds, twoThreads } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'two-explicit-functions-are-enough',
  says: 'Two new functions that take an interpreter, and a key in each interpreter, are all that callbacks need.',
  by: 'Pitrou',
  messages: [126333],
  quote: 'We just need two new functions',
  kind: 'checkable',
  formalisation:
    'Six clients that call EnsureEx and the matching Release with the interpreter they registered in must run there, and the pool must not die, on every reading. Nothing is said of code that keeps the old pair, of interpreters that end, or of threads attached elsewhere.',
  checks: [
    ...kept(migratedSwigCallbackOnPythonThread, runsInItsInterpreter, oneThread, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
    ...kept(migratedSwigCallbackOnMakerThread, runsInItsInterpreter, twoThreads, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
    ...kept(migratedFreshThread, runsInItsInterpreter, oneThreadTwoRounds, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
    ...kept(migratedHelperThread, runsInItsInterpreter, oneThreadTwoRounds, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
    ...kept(migratedPool, runsInItsInterpreter, oneThreadTwoRounds, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
    ...kept(migratedHandedOverThread, runsInItsInterpreter, oneThread, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
    ...kept(migratedPool, noFatalError, oneThreadTwoRounds, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
  ],
})
