import { claim } from '../src/judge/claim.ts'
import { migratedHelperThread } from '../src/model/clients/helper-thread.ts'
import { modWsgiPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { threadIsOwnedByOneInterpreter } from './promises/thread-is-owned-by-one-interpreter.ts'
import { oneThreadTwoRounds } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'a-thread-is-owned-by-one-interpreter',
  says: 'With the one key left alone, an OS thread is owned by one interpreter at a time.',
  by: 'Coghlan',
  messages: [126364],
  quote: 'can only be owned by one interpreter at a time',
  kind: 'checkable',
  formalisation:
    'Owned is read as: all thread states a thread has at one time are of one interpreter. It must hold for a helper thread that two interpreters share through EnsureEx, and for a pool that serves two. The main thread, which makes the interpreters, does not count.',
  checks: [
    ...kept(migratedHelperThread, threadIsOwnedByOneInterpreter, oneThreadTwoRounds, {
      'coghlan.owner-is-used': 'confirmed',
      'coghlan.another-owner-is-fatal': 'confirmed',
      'coghlan.swap-complains': 'confirmed',
      'coghlan.every-swap-complains': 'confirmed',
    }),
    ...kept(modWsgiPool, threadIsOwnedByOneInterpreter, oneThreadTwoRounds, {
      'coghlan.owner-is-used': 'refuted',
      'coghlan.another-owner-is-fatal': 'refuted',
      'coghlan.swap-complains': 'refuted',
      'coghlan.every-swap-complains': 'refuted',
    }),
  ],
})
