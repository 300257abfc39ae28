import { claim } from '../src/judge/claim.ts'
import { handedOverThread, handedOverThreadWithoutItsOldState } from '../src/model/clients/handed-over-thread.ts'
import { modWsgiPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThread, oneThreadTwoRounds } from './support/bounds.ts'
import { broken } from './support/check.ts'

export default claim({
  name: 'a-handed-off-thread-stays-with-its-creator',
  says: 'After an OS thread is handed from one interpreter to another, Ensure still attaches it to the first.',
  by: 'Coghlan',
  messages: [126364],
  quote: 'Hand off an OS level thread from the creating interpreter',
  kind: 'checkable',
  formalisation:
    'Three ways to hand a thread over must all end in the wrong interpreter: swapping another thread state in, a pool that serves two interpreters, and deleting the old thread state before making the new one.',
  checks: [
    ...broken(handedOverThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(modWsgiPool, runsInItsInterpreter, oneThreadTwoRounds, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(handedOverThreadWithoutItsOldState, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'refuted' }),
  ],
})
