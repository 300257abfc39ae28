import { claim } from '../src/judge/claim.ts'
import { callbackWhileAttachedOnMakerThread } from '../src/model/clients/callback-while-attached.ts'
import { endInterpreterThenEnsure } from '../src/model/clients/end-interpreter-then-ensure.ts'
import { ensureThenNewInterpreter } from '../src/model/clients/ensure-then-new-interpreter.ts'
import { modWsgiPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { swigCallbackOnForeignThread, swigCallbackOnMakerThread, swigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { noDeadlock } from '../src/properties/catalog/no-deadlock.ts'
import { oneThread, twoThreads } from './support/bounds.ts'
import { broken } from './support/check.ts'

export default claim({
  name: 'callbacks-usually-deadlock-today',
  says: 'Callbacks with the old pair in sub-interpreters usually deadlock on 3.2.',
  by: 'Dumpleton',
  messages: [126355],
  quote: 'they currently usually deadlock',
  kind: 'checkable',
  formalisation:
    'Every shape of same-thread callback in a sub-interpreter must be able to deadlock. Two more that the thread is about are added: a callback with the GIL kept, and one after Py_EndInterpreter. "Usually" is not measured: each shape counts once.',
  checks: [
    ...broken(swigCallbackOnPythonThread, noDeadlock, twoThreads, { 'status-quo.cpython-3.2': 'refuted' }),
    ...broken(swigCallbackOnMakerThread, noDeadlock, twoThreads, { 'status-quo.cpython-3.2': 'refuted' }),
    ...broken(swigCallbackOnForeignThread, noDeadlock, twoThreads, { 'status-quo.cpython-3.2': 'refuted' }),
    ...broken(modWsgiPool, noDeadlock, twoThreads, { 'status-quo.cpython-3.2': 'refuted' }),
    ...broken(ensureThenNewInterpreter, noDeadlock, twoThreads, { 'status-quo.cpython-3.2': 'refuted' }),
    ...broken(callbackWhileAttachedOnMakerThread, noDeadlock, twoThreads, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(endInterpreterThenEnsure, noDeadlock, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
  ],
})
