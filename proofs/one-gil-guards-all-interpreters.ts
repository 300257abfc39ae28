import { claim } from '../src/judge/claim.ts'
import { swigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { gilIsReleasedByItsOwner } from '../src/properties/catalog/gil-is-released-by-its-owner.ts'
import { pythonRunsWithTheGil } from '../src/properties/catalog/python-runs-with-the-gil.ts'
import { twoThreads } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'one-gil-guards-all-interpreters',
  says: 'There is one GIL for all interpreters, and it keeps them from running at the same time.',
  by: 'Pitrou',
  messages: [126402],
  quote: 'There is only a single GIL, not one per interpreter',
  kind: 'checkable',
  formalisation:
    'On 3.2 and the first reading of every design, two threads call back into a sub-interpreter: Python code runs only with the GIL, and only who took it gives it back. That it must stay so because of shared objects is another claim.',
  checks: [
    ...kept(swigCallbackOnPythonThread, pythonRunsWithTheGil, twoThreads, {
      'status-quo.cpython-3.2': 'confirmed',
      'pitrou.old-pair-means-main': 'confirmed',
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'pitrou-save-thread.records-the-interpreter': 'confirmed',
      'coghlan.owner-is-used': 'confirmed',
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
    }),
    ...kept(swigCallbackOnPythonThread, gilIsReleasedByItsOwner, twoThreads, {
      'status-quo.cpython-3.2': 'confirmed',
      'pitrou.old-pair-means-main': 'confirmed',
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'pitrou-save-thread.records-the-interpreter': 'confirmed',
      'coghlan.owner-is-used': 'confirmed',
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
    }),
  ],
})
