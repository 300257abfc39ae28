import { claim } from '../src/judge/claim.ts'
import { migratedEmbedder } from '../src/model/clients/mod-wsgi-pool.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { noThreadWaitsForItself } from '../src/properties/catalog/no-thread-waits-for-itself.ts'
import { setsTheInterpreterInsideACallback } from './clients/sets-the-interpreter-inside-a-callback.ts'
import { twoThreads } from './support/bounds.ts'
import { broken, kept } from './support/check.ts'

export default claim({
  name: 'setting-the-interpreter-needs-a-gil-check',
  says: 'PyInterpreterState_Swap must be refused while the caller holds the GIL.',
  by: 'Dumpleton',
  messages: [126348],
  quote: 'can only be called when not GIL lock held',
  kind: 'checkable',
  formalisation:
    'Without the check, setting another interpreter inside a callback makes the next Ensure wait for the GIL of its own thread; with a check it never comes to that. The check must not hit the pool that sets the interpreter without the GIL, however it is made.',
  checks: [
    ...broken(setsTheInterpreterInsideACallback, noThreadWaitsForItself, twoThreads, { 'dumpleton-swap.held-is-not-tested': 'confirmed' }),
    ...kept(setsTheInterpreterInsideACallback, noThreadWaitsForItself, twoThreads, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
      'dumpleton-swap.held-means-anything-current': 'confirmed',
    }),
    ...kept(migratedEmbedder, noFatalError, twoThreads, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
      'dumpleton-swap.held-means-anything-current': 'refuted',
    }),
  ],
})
