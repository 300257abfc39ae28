import { claim } from '../src/judge/claim.ts'
import { swigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { noDeadlock } from '../src/properties/catalog/no-deadlock.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { threadStateStaysOnItsThread } from '../src/properties/catalog/thread-state-stays-on-its-thread.ts'
import { twoThreadsTwoSubInterpreters } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'one-static-key-keeps-interpreters-apart',
  says: "With one key the sub-interpreters do not get in each other's way: a thread belongs to the interpreter that created it.",
  by: 'Coghlan',
  messages: [126364],
  quote: "they won't tread on each other's toes",
  kind: 'checkable',
  formalisation:
    'Two threads, started by Python code of two sub-interpreters, call out and back in at the same time: each runs in its own, on its own thread state, and nobody deadlocks.',
  checks: [
    ...kept(swigCallbackOnPythonThread, runsInItsInterpreter, twoThreadsTwoSubInterpreters, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...kept(swigCallbackOnPythonThread, threadStateStaysOnItsThread, twoThreadsTwoSubInterpreters, {
      'status-quo.cpython-3.2': 'confirmed',
    }),
    ...kept(swigCallbackOnPythonThread, noDeadlock, twoThreadsTwoSubInterpreters, { 'status-quo.cpython-3.2': 'confirmed' }),
  ],
})
