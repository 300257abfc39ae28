import { claim } from '../src/judge/claim.ts'
import { migratedPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThreadTwoRounds } from './support/bounds.ts'
import { broken } from './support/check.ts'

export default claim({
  name: 'coghlan-fails-for-pool-threads',
  says: 'A design in which one interpreter owns a thread is wrong for pools.',
  by: 'Dumpleton',
  messages: [126387],
  quote: 'wrong assumption that an external threads will only ever call into the same interpreter',
  kind: 'checkable',
  formalisation:
    'A pool serves two interpreters in turn and its callbacks use EnsureEx with the right interpreter: they must run in the wrong one, or die where another owner is fatal.',
  checks: [
    ...broken(migratedPool, runsInItsInterpreter, oneThreadTwoRounds, {
      'coghlan.owner-is-used': 'confirmed',
      'coghlan.another-owner-is-fatal': 'refuted',
      'coghlan.swap-complains': 'confirmed',
      'coghlan.every-swap-complains': 'confirmed',
    }),
    ...broken(migratedPool, noFatalError, oneThreadTwoRounds, { 'coghlan.another-owner-is-fatal': 'confirmed' }),
  ],
})
