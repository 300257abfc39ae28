import { claim } from '../src/judge/claim.ts'
import { callbackFromFreshThread } from '../src/model/clients/callback-from-fresh-thread.ts'
import { handedOverThread } from '../src/model/clients/handed-over-thread.ts'
import { modWsgiPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { swigCallbackOnForeignThread, swigCallbackOnMakerThread, swigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThread, oneThreadTwoRounds } from './support/bounds.ts'
import { broken, kept } from './support/check.ts'

export default claim({
  name: 'always-setting-the-key-changes-nothing-for-ensure',
  says: 'Since PyThread_set_key_value always sets the value, Ensure still attaches what it attached before.',
  by: 'Stinner',
  messages: [206041],
  quote: 'now always set the',
  kind: 'checkable',
  formalisation:
    'The changeset speaks of the key alone; that the GILState calls keep their behaviour is how we read it. Six clients whose outcome depends on which thread state came first into the slot must come out as on 3.2.',
  checks: [
    ...kept(swigCallbackOnPythonThread, runsInItsInterpreter, oneThread, {
      'status-quo.cpython-3.2': 'confirmed',
      'changesets.key-is-always-set': 'confirmed',
    }),
    ...kept(swigCallbackOnForeignThread, runsInItsInterpreter, oneThread, {
      'status-quo.cpython-3.2': 'confirmed',
      'changesets.key-is-always-set': 'confirmed',
    }),
    ...broken(swigCallbackOnMakerThread, runsInItsInterpreter, oneThread, {
      'status-quo.cpython-3.2': 'confirmed',
      'changesets.key-is-always-set': 'confirmed',
    }),
    ...broken(callbackFromFreshThread, runsInItsInterpreter, oneThread, {
      'status-quo.cpython-3.2': 'confirmed',
      'changesets.key-is-always-set': 'confirmed',
    }),
    ...broken(modWsgiPool, runsInItsInterpreter, oneThreadTwoRounds, {
      'status-quo.cpython-3.2': 'confirmed',
      'changesets.key-is-always-set': 'confirmed',
    }),
    ...broken(handedOverThread, runsInItsInterpreter, oneThread, {
      'status-quo.cpython-3.2': 'confirmed',
      'changesets.key-is-always-set': 'confirmed',
    }),
  ],
})
