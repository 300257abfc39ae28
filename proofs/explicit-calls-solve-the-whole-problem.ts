import { claim } from '../src/judge/claim.ts'
import { migratedHelperThread } from '../src/model/clients/helper-thread.ts'
import { noThreadWaitsForItself } from '../src/properties/catalog/no-thread-waits-for-itself.ts'
import { nothingFreedIsUsed } from '../src/properties/catalog/nothing-freed-is-used.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { callbackAfterTheInterpreterEnded } from './clients/callback-after-the-interpreter-ended.ts'
import { migratedCallbackWhileAttachedElsewhere } from './clients/migrated-callback-while-attached-elsewhere.ts'
import { oneThread, twoThreads } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'explicit-calls-solve-the-whole-problem',
  says: 'The explicit calls solve the whole problem, not a part of it.',
  by: 'Pitrou',
  messages: [126354],
  quote: 'clean APIs which allow solving the whole',
  kind: 'checkable',
  formalisation:
    'Taken at its word: besides callbacks on shared helper threads, callbacks into an interpreter that has ended must not use freed memory, and EnsureEx in a thread attached to another interpreter must neither wait for itself nor run elsewhere. The message does not list what the whole problem is.',
  checks: [
    ...kept(migratedHelperThread, runsInItsInterpreter, twoThreads, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
    ...kept(callbackAfterTheInterpreterEnded, nothingFreedIsUsed, oneThread, {
      'pitrou.old-pair-means-main': 'refuted',
      'pitrou.both-keys-written': 'refuted',
      'pitrou.keys-kept-apart': 'refuted',
      'pitrou.old-pair-means-main-and-swaps': 'refuted',
      'pitrou.both-keys-written-and-swaps': 'refuted',
    }),
    ...kept(migratedCallbackWhileAttachedElsewhere, noThreadWaitsForItself, oneThread, {
      'pitrou.old-pair-means-main': 'refuted',
      'pitrou.both-keys-written': 'refuted',
      'pitrou.keys-kept-apart': 'refuted',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
    ...kept(migratedCallbackWhileAttachedElsewhere, runsInItsInterpreter, oneThread, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
  ],
})
