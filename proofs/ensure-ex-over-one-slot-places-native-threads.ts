import { claim } from '../src/judge/claim.ts'
import { migratedFreshThread } from '../src/model/clients/callback-from-fresh-thread.ts'
import { migratedHelperThread } from '../src/model/clients/helper-thread.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThreadTwoRounds } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'ensure-ex-over-one-slot-places-native-threads',
  says: 'EnsureEx that overrides only the interpreter of a fresh thread state helps native threads.',
  by: 'Coghlan',
  messages: [126364],
  quote: 'used solely as a way to override',
  kind: 'checkable',
  formalisation:
    'Callbacks with EnsureEx on a thread of a library, and on a helper thread that two interpreters share, must run where they asked, and not die. Threads that have a thread state already are another claim.',
  checks: [
    ...kept(migratedFreshThread, runsInItsInterpreter, oneThreadTwoRounds, {
      'coghlan.owner-is-used': 'confirmed',
      'coghlan.another-owner-is-fatal': 'confirmed',
      'coghlan.swap-complains': 'confirmed',
      'coghlan.every-swap-complains': 'confirmed',
    }),
    ...kept(migratedHelperThread, runsInItsInterpreter, oneThreadTwoRounds, {
      'coghlan.owner-is-used': 'confirmed',
      'coghlan.another-owner-is-fatal': 'confirmed',
      'coghlan.swap-complains': 'confirmed',
      'coghlan.every-swap-complains': 'confirmed',
    }),
    ...kept(migratedFreshThread, noFatalError, oneThreadTwoRounds, {
      'coghlan.owner-is-used': 'confirmed',
      'coghlan.another-owner-is-fatal': 'confirmed',
      'coghlan.swap-complains': 'confirmed',
      'coghlan.every-swap-complains': 'confirmed',
    }),
  ],
})
