import { claim } from '../src/judge/claim.ts'
import { callbackFromFreshThread } from '../src/model/clients/callback-from-fresh-thread.ts'
import { helperThreadOfTwoInterpreters } from '../src/model/clients/helper-thread.ts'
import { nestedCallbackWhileDetached } from '../src/model/clients/nested-callbacks.ts'
import { swigCallbackOnForeignThread } from '../src/model/clients/swig-callback.ts'
import { nothingLeaksAtRest } from '../src/properties/catalog/nothing-leaks-at-rest.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { precreatedThreadState } from './clients/precreated-thread-state.ts'
import { oneThread, oneThreadTwoRounds } from './support/bounds.ts'
import { broken, kept } from './support/check.ts'

export default claim({
  name: 'native-threads-get-main-unless-precreated',
  says: 'A native thread gets a temporary thread state of the main interpreter, unless one of another interpreter was made before.',
  by: 'Coghlan',
  messages: [126364],
  quote: 'will always have their temporary thread state created in the main interpreter',
  kind: 'checkable',
  formalisation:
    'Callbacks of a sub-interpreter on native threads must run in the wrong interpreter; with a thread state made beforehand, attached or not, in the right one. Temporary: none is left at the end.',
  checks: [
    ...broken(callbackFromFreshThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(nestedCallbackWhileDetached, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...broken(helperThreadOfTwoInterpreters, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...kept(swigCallbackOnForeignThread, runsInItsInterpreter, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...kept(precreatedThreadState, runsInItsInterpreter, oneThreadTwoRounds, { 'status-quo.cpython-3.2': 'confirmed' }),
    ...kept(callbackFromFreshThread, nothingLeaksAtRest, oneThread, { 'status-quo.cpython-3.2': 'confirmed' }),
  ],
})
