import { claim } from '../src/judge/claim.ts'
import { ensureThenNewInterpreter } from '../src/model/clients/ensure-then-new-interpreter.ts'
import { modWsgiPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { swigCallbackOnMakerThread, swigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThread, oneThreadTwoRounds, twoThreads } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'save-thread-can-do-the-mapping',
  says: 'PyEval_SaveThread can record where the thread was, and no new call is needed.',
  by: 'Pitrou',
  messages: [126363],
  quote: 'an alternative is to do the mapping in e.g.',
  kind: 'checkable',
  formalisation:
    'Unmodified callbacks on the thread that called out, on a Python thread, the maker thread, a pool, and a thread that made an interpreter inside Ensure, must run in their interpreter and not die. Threads that never called out are not meant.',
  checks: [
    ...kept(swigCallbackOnPythonThread, runsInItsInterpreter, oneThread, {
      'pitrou-save-thread.records-the-interpreter': 'confirmed',
      'pitrou-save-thread.records-the-thread-state': 'confirmed',
      'pitrou-save-thread.forgets-on-restore': 'confirmed',
    }),
    ...kept(swigCallbackOnMakerThread, runsInItsInterpreter, twoThreads, {
      'pitrou-save-thread.records-the-interpreter': 'confirmed',
      'pitrou-save-thread.records-the-thread-state': 'confirmed',
      'pitrou-save-thread.forgets-on-restore': 'confirmed',
    }),
    ...kept(modWsgiPool, runsInItsInterpreter, oneThreadTwoRounds, {
      'pitrou-save-thread.records-the-interpreter': 'confirmed',
      'pitrou-save-thread.records-the-thread-state': 'confirmed',
      'pitrou-save-thread.forgets-on-restore': 'confirmed',
    }),
    ...kept(ensureThenNewInterpreter, runsInItsInterpreter, oneThread, {
      'pitrou-save-thread.records-the-interpreter': 'confirmed',
      'pitrou-save-thread.records-the-thread-state': 'confirmed',
      'pitrou-save-thread.forgets-on-restore': 'confirmed',
    }),
    ...kept(swigCallbackOnPythonThread, noFatalError, oneThread, {
      'pitrou-save-thread.records-the-interpreter': 'confirmed',
      'pitrou-save-thread.records-the-thread-state': 'confirmed',
      'pitrou-save-thread.forgets-on-restore': 'refuted',
    }),
    ...kept(swigCallbackOnMakerThread, noFatalError, twoThreads, {
      'pitrou-save-thread.records-the-interpreter': 'confirmed',
      'pitrou-save-thread.records-the-thread-state': 'confirmed',
      'pitrou-save-thread.forgets-on-restore': 'refuted',
    }),
    ...kept(modWsgiPool, noFatalError, oneThreadTwoRounds, {
      'pitrou-save-thread.records-the-interpreter': 'confirmed',
      'pitrou-save-thread.records-the-thread-state': 'confirmed',
      'pitrou-save-thread.forgets-on-restore': 'refuted',
    }),
    ...kept(ensureThenNewInterpreter, noFatalError, oneThread, {
      'pitrou-save-thread.records-the-interpreter': 'refuted',
      'pitrou-save-thread.records-the-thread-state': 'refuted',
      'pitrou-save-thread.forgets-on-restore': 'refuted',
    }),
  ],
})
