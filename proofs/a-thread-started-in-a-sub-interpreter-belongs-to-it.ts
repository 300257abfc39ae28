import { claim } from '../src/judge/claim.ts'
import { callbackWhileAttachedOnPythonThread } from '../src/model/clients/callback-while-attached.ts'
import { swigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { twoThreadsTwoSubInterpreters } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'a-thread-started-in-a-sub-interpreter-belongs-to-it',
  says: 'A thread that Python code of a sub-interpreter starts gets a thread state of that sub-interpreter.',
  by: 'Coghlan',
  messages: [126400],
  quote: 'will copy the thread state from that subinterpreter rather than the main interpreter',
  kind: 'checkable',
  formalisation:
    'Threads started in two sub-interpreters at the same time run in the one that started them, before, in and after a callback, with the GIL let go and kept.',
  checks: [
    ...kept(swigCallbackOnPythonThread, runsInItsInterpreter, twoThreadsTwoSubInterpreters, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...kept(callbackWhileAttachedOnPythonThread, runsInItsInterpreter, twoThreadsTwoSubInterpreters, {
      'status-quo.cpython-3.2': 'confirmed',
    }),
  ],
})
