import { claim } from '../src/judge/claim.ts'
import { migratedPool, modWsgiPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThreadTwoRounds } from './support/bounds.ts'
import { broken } from './support/check.ts'

export default claim({
  name: 'pitrou-does-not-help-the-pool',
  says: 'The patch does not help the pools that Dumpleton describes.',
  by: 'Coghlan',
  messages: [126400],
  quote: "wouldn't be helped by Antoine's patch",
  kind: 'checkable',
  formalisation:
    'The pool that serves two interpreters must run callbacks in the wrong one, with unmodified callbacks and also with callbacks that use the new calls.',
  checks: [
    ...broken(modWsgiPool, runsInItsInterpreter, oneThreadTwoRounds, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
    ...broken(migratedPool, runsInItsInterpreter, oneThreadTwoRounds, {
      'pitrou.old-pair-means-main': 'refuted',
      'pitrou.both-keys-written': 'refuted',
      'pitrou.keys-kept-apart': 'refuted',
      'pitrou.old-pair-means-main-and-swaps': 'refuted',
      'pitrou.both-keys-written-and-swaps': 'refuted',
    }),
  ],
})
