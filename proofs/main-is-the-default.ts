import { claim } from '../src/judge/claim.ts'
import { callbackFromFreshThread } from '../src/model/clients/callback-from-fresh-thread.ts'
import { swigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { pairRestoresAttachment } from '../src/properties/catalog/pair-restores-attachment.ts'
import { mainInterpreterAlone } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'main-is-the-default',
  says: 'Code that never heard of the new function works on the main interpreter as before.',
  by: 'Dumpleton',
  messages: [126348],
  quote: 'By default stuff would work on the main interpreter',
  kind: 'checkable',
  formalisation:
    'With the main interpreter alone, a callback on the same thread and one on a thread of a library must not die and must leave what was attached. The variation in which a thread that never called the function is refused is included: it is what the sentence excludes.',
  checks: [
    ...kept(swigCallbackOnPythonThread, noFatalError, mainInterpreterAlone, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
      'dumpleton-swap.never-set-is-fatal': 'refuted',
    }),
    ...kept(callbackFromFreshThread, noFatalError, mainInterpreterAlone, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
      'dumpleton-swap.never-set-is-fatal': 'refuted',
    }),
    ...kept(swigCallbackOnPythonThread, pairRestoresAttachment, mainInterpreterAlone, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
    ...kept(callbackFromFreshThread, pairRestoresAttachment, mainInterpreterAlone, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
  ],
})
