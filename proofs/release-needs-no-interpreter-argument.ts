import { claim } from '../src/judge/claim.ts'
import { migratedFreshThread } from '../src/model/clients/callback-from-fresh-thread.ts'
import { migratedHelperThread } from '../src/model/clients/helper-thread.ts'
import { migratedSwigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { pairRestoresAttachment } from '../src/properties/catalog/pair-restores-attachment.ts'
import { oneThread, oneThreadTwoRounds } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'release-needs-no-interpreter-argument',
  says: 'Release finds out the interpreter by itself; only EnsureEx needs the argument.',
  by: 'Coghlan',
  messages: [126364],
  quote: 'These functions can identify the relevant interpreter',
  kind: 'checkable',
  formalisation:
    'Three clients pair EnsureEx with the old Release: afterwards the thread has attached what it had, and nothing dies. For the designs with one slot only, as the message says.',
  checks: [
    ...kept(migratedSwigCallbackOnPythonThread, noFatalError, oneThread, {
      'coghlan.owner-is-used': 'confirmed',
      'coghlan.another-owner-is-fatal': 'confirmed',
      'coghlan.swap-complains': 'confirmed',
      'coghlan.every-swap-complains': 'confirmed',
    }),
    ...kept(migratedFreshThread, noFatalError, oneThread, {
      'coghlan.owner-is-used': 'confirmed',
      'coghlan.another-owner-is-fatal': 'confirmed',
      'coghlan.swap-complains': 'confirmed',
      'coghlan.every-swap-complains': 'confirmed',
    }),
    ...kept(migratedHelperThread, noFatalError, oneThreadTwoRounds, {
      'coghlan.owner-is-used': 'confirmed',
      'coghlan.another-owner-is-fatal': 'confirmed',
      'coghlan.swap-complains': 'confirmed',
      'coghlan.every-swap-complains': 'confirmed',
    }),
    ...kept(migratedSwigCallbackOnPythonThread, pairRestoresAttachment, oneThread, {
      'coghlan.owner-is-used': 'confirmed',
      'coghlan.another-owner-is-fatal': 'confirmed',
      'coghlan.swap-complains': 'confirmed',
      'coghlan.every-swap-complains': 'confirmed',
    }),
    ...kept(migratedFreshThread, pairRestoresAttachment, oneThread, {
      'coghlan.owner-is-used': 'confirmed',
      'coghlan.another-owner-is-fatal': 'confirmed',
      'coghlan.swap-complains': 'confirmed',
      'coghlan.every-swap-complains': 'confirmed',
    }),
    ...kept(migratedHelperThread, pairRestoresAttachment, oneThreadTwoRounds, {
      'coghlan.owner-is-used': 'confirmed',
      'coghlan.another-owner-is-fatal': 'confirmed',
      'coghlan.swap-complains': 'confirmed',
      'coghlan.every-swap-complains': 'confirmed',
    }),
  ],
})
