import { claim } from '../src/judge/claim.ts'
import { embedderWithOwnTls } from '../src/model/clients/embedder-with-own-tls.ts'
import { modWsgiPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { noDeadlock } from '../src/properties/catalog/no-deadlock.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { oneLiveThreadStatePerThreadAndInterpreter } from '../src/properties/catalog/one-live-thread-state-per-thread-and-interpreter.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { threadStateStaysOnItsThread } from '../src/properties/catalog/thread-state-stays-on-its-thread.ts'
import { threadIsOwnedByOneInterpreter } from './promises/thread-is-owned-by-one-interpreter.ts'
import { oneThreadTwoRounds, twoThreads } from './support/bounds.ts'
import { broken, kept } from './support/check.ts'

export default claim({
  name: 'external-threads-serve-several-interpreters',
  says: 'Pool threads call into different interpreters, and that is fine with one thread state per thread and interpreter.',
  by: 'Dumpleton',
  messages: [126387],
  quote: 'it uses a distinct thread state for that thread for each interpreter',
  kind: 'checkable',
  formalisation:
    'The pool contradicts that a thread belongs to one interpreter at a time. An embedder that attaches its own thread states and never uses the GILState calls keeps every promise about them.',
  checks: [
    ...broken(modWsgiPool, threadIsOwnedByOneInterpreter, oneThreadTwoRounds, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...kept(embedderWithOwnTls, runsInItsInterpreter, oneThreadTwoRounds, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...kept(embedderWithOwnTls, oneLiveThreadStatePerThreadAndInterpreter, oneThreadTwoRounds, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...kept(embedderWithOwnTls, threadStateStaysOnItsThread, oneThreadTwoRounds, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...kept(embedderWithOwnTls, noFatalError, oneThreadTwoRounds, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...kept(embedderWithOwnTls, noDeadlock, twoThreads, { 'status-quo.cpython-3.2': 'confirmed' }),
  ],
})
