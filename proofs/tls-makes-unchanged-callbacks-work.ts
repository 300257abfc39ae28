import { claim } from '../src/judge/claim.ts'
import { swigCallbackOnForeignThread, swigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThread } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'tls-makes-unchanged-callbacks-work',
  says: 'With TLS the modules that call back on the same thread start working without a change.',
  by: 'Dumpleton',
  messages: [126355, 126357],
  quote: 'all these modules that simply do this will now start working',
  kind: 'checkable',
  formalisation:
    'Taken without an embedder that helps: on a thread started by Python in a sub-interpreter, and on an embedder thread that attaches a thread state of its own, the unmodified callback must run in its interpreter. With an embedder that sets the interpreter it is another claim.',
  checks: [
    ...kept(swigCallbackOnPythonThread, runsInItsInterpreter, oneThread, {
      'dumpleton-swap.slot-per-interpreter': 'refuted',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'refuted',
      'dumpleton-swap.foreign-slot-is-replaced': 'refuted',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
    ...kept(swigCallbackOnForeignThread, runsInItsInterpreter, oneThread, {
      'dumpleton-swap.slot-per-interpreter': 'refuted',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'refuted',
      'dumpleton-swap.foreign-slot-is-replaced': 'refuted',
      'dumpleton-swap.python-threads-set-it-too': 'refuted',
    }),
  ],
})
