import { claim } from '../src/judge/claim.ts'
import { swigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThread } from './support/bounds.ts'
import { broken, kept } from './support/check.ts'

export default claim({
  name: 'pitrou-breaks-the-naive-callback',
  says: 'A key in each interpreter breaks the one callback that works today.',
  by: 'Coghlan',
  messages: [126364, 126400],
  quote: 'actively *breaks* by making the autoTLSkey interpreter',
  kind: 'checkable',
  formalisation:
    'A thread started by Python code of a sub-interpreter calls out and is called back with the old pair. It runs in its interpreter on 3.2, and must run in the wrong one with the patch. Whether the global key stays beside the new ones is what the readings differ in.',
  checks: [
    ...kept(swigCallbackOnPythonThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(swigCallbackOnPythonThread, runsInItsInterpreter, oneThread, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'refuted',
      'pitrou.keys-kept-apart': 'refuted',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'refuted',
    }),
  ],
})
