import { claim } from '../src/judge/claim.ts'
import { callbackFromFreshThread } from '../src/model/clients/callback-from-fresh-thread.ts'
import { ensureThenNewInterpreter } from '../src/model/clients/ensure-then-new-interpreter.ts'
import { modWsgiPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { swigCallbackOnForeignThread, swigCallbackOnMakerThread } from '../src/model/clients/swig-callback.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThread } from './support/bounds.ts'
import { broken } from './support/check.ts'

export default claim({
  name: 'a-pool-thread-always-gets-a-main-thread-state',
  says: 'A thread that enters a sub-interpreter inherits a thread state of the main interpreter through the old pair, or gets a new one of it.',
  by: 'Dumpleton',
  messages: [126387],
  quote: 'autoInterpreterState is always going to be set to the main interpreter',
  kind: 'checkable',
  formalisation:
    'Callbacks of a sub-interpreter on threads that are not started by Python must all run in the wrong interpreter, whether they have a thread state of the sub-interpreter or not.',
  checks: [
    ...broken(callbackFromFreshThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(swigCallbackOnMakerThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(ensureThenNewInterpreter, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(swigCallbackOnForeignThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'refuted' }),
    ...broken(modWsgiPool, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'refuted' }),
  ],
})
