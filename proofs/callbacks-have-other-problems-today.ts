import { claim } from '../src/judge/claim.ts'
import { ensureThenNewInterpreter } from '../src/model/clients/ensure-then-new-interpreter.ts'
import { handedOverThread } from '../src/model/clients/handed-over-thread.ts'
import { modWsgiPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { swigCallbackOnForeignThread, swigCallbackOnMakerThread, swigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThread, oneThreadTwoRounds } from './support/bounds.ts'
import { broken } from './support/check.ts'

export default claim({
  name: 'callbacks-have-other-problems-today',
  says: 'Callbacks with the old pair in sub-interpreters run into other problems on 3.2 than deadlock.',
  by: 'Dumpleton',
  messages: [126355],
  quote: 'or have other problems',
  kind: 'checkable',
  formalisation:
    'The other problem that the thread is about is the wrong interpreter. Every shape of same-thread callback in a sub-interpreter must meet it.',
  checks: [
    ...broken(swigCallbackOnPythonThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'refuted' }),
    ...broken(swigCallbackOnMakerThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(swigCallbackOnForeignThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'refuted' }),
    ...broken(modWsgiPool, runsInItsInterpreter, oneThreadTwoRounds, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(ensureThenNewInterpreter, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(handedOverThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
  ],
})
