import { claim } from '../src/judge/claim.ts'
import { callbackWhileAttachedOnPythonThread } from '../src/model/clients/callback-while-attached.ts'
import { swigCallbackOnForeignThread } from '../src/model/clients/swig-callback.ts'
import { noThreadWaitsForItself } from '../src/properties/catalog/no-thread-waits-for-itself.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { precreatedThreadState } from './clients/precreated-thread-state.ts'
import { oneThread } from './support/bounds.ts'
import { broken, kept } from './support/check.ts'

export default claim({
  name: 'pitrou-makes-things-worse',
  says: 'The patch makes things worse: programs that work on 3.2 stop working.',
  by: 'Coghlan',
  messages: [126364],
  quote: 'actually makes things *worse*',
  kind: 'checkable',
  formalisation:
    'Three unmodified programs that are right on 3.2 must be broken by each reading: a callback on an embedder thread with its own thread state, a callback with the GIL kept, and a callback on a thread with a thread state made beforehand. What becomes better is not weighed against it.',
  checks: [
    ...kept(swigCallbackOnForeignThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(swigCallbackOnForeignThread, runsInItsInterpreter, oneThread, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'refuted',
      'pitrou.keys-kept-apart': 'refuted',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'refuted',
    }),
    ...kept(callbackWhileAttachedOnPythonThread, noThreadWaitsForItself, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(callbackWhileAttachedOnPythonThread, noThreadWaitsForItself, oneThread, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'refuted',
      'pitrou.keys-kept-apart': 'refuted',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'refuted',
    }),
    ...kept(precreatedThreadState, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(precreatedThreadState, runsInItsInterpreter, oneThread, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'refuted',
      'pitrou.keys-kept-apart': 'refuted',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'refuted',
    }),
  ],
})
