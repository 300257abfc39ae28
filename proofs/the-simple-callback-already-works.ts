import { claim } from '../src/judge/claim.ts'
import { modWsgiPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { swigCallbackOnForeignThread, swigCallbackOnMakerThread, swigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { noDeadlock } from '../src/properties/catalog/no-deadlock.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThread, oneThreadTwoRounds, twoThreads } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'the-simple-callback-already-works',
  says: 'The simple callback of msg126355 already works in sub-interpreters on 3.2.',
  by: 'Coghlan',
  messages: [126364],
  quote: '*should already work*',
  kind: 'checkable',
  formalisation:
    'The case it answers is any thread that calls out of Python and is called back: started by Python, the thread that made the interpreter, an embedder thread, a pool. In msg126400 only the first is left of it.',
  checks: [
    ...kept(swigCallbackOnPythonThread, runsInItsInterpreter, twoThreads, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...kept(swigCallbackOnPythonThread, noDeadlock, twoThreads, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...kept(swigCallbackOnForeignThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...kept(swigCallbackOnMakerThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'refuted' }),
    ...kept(modWsgiPool, runsInItsInterpreter, oneThreadTwoRounds, { 'status-quo.cpython-3.2': 'refuted' }),
  ],
})
