import { claim } from '../src/judge/claim.ts'
import { callbackFromFreshThread } from '../src/model/clients/callback-from-fresh-thread.ts'
import { ensureThenNewInterpreter } from '../src/model/clients/ensure-then-new-interpreter.ts'
import { handedOverThread, handedOverThreadWithoutItsOldState } from '../src/model/clients/handed-over-thread.ts'
import { helperThreadOfTwoInterpreters } from '../src/model/clients/helper-thread.ts'
import { modWsgiPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { swigCallbackOnForeignThread, swigCallbackOnMakerThread, swigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { precreatedThreadState } from './clients/precreated-thread-state.ts'
import { oneThread, oneThreadTwoRounds, twoThreads } from './support/bounds.ts'
import { broken, kept } from './support/check.ts'

export default claim({
  name: 'only-the-naive-callback-works-today',
  says: 'On 3.2 only the naive callback, on a thread started by Python, works in a sub-interpreter.',
  by: 'Coghlan',
  messages: [126400],
  quote: 'the only thing that I believe should currently work with subinterpreters is the naive use case',
  kind: 'checkable',
  formalisation:
    'The naive callback must run in its interpreter, and every other client that calls back into a sub-interpreter with the old pair must run in the wrong one.',
  checks: [
    ...kept(swigCallbackOnPythonThread, runsInItsInterpreter, twoThreads, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(swigCallbackOnMakerThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(callbackFromFreshThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(helperThreadOfTwoInterpreters, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(modWsgiPool, runsInItsInterpreter, oneThreadTwoRounds, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(handedOverThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(ensureThenNewInterpreter, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(swigCallbackOnForeignThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'refuted' }),
    ...broken(handedOverThreadWithoutItsOldState, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'refuted' }),
    ...broken(precreatedThreadState, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'refuted' }),
  ],
})
