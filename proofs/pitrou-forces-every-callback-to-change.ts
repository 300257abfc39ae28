import { claim } from '../src/judge/claim.ts'
import {
  migratedSwigCallbackOnMakerThread,
  migratedSwigCallbackOnPythonThread,
  swigCallbackOnMakerThread,
  swigCallbackOnPythonThread,
} from '../src/model/clients/swig-callback.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThread } from './support/bounds.ts'
import { broken, kept } from './support/check.ts'

export default claim({
  name: 'pitrou-forces-every-callback-to-change',
  says: 'With explicit calls every module that calls back has to be modified.',
  by: 'Dumpleton',
  messages: [126355],
  quote: 'all these modules would need to be modified',
  kind: 'checkable',
  formalisation:
    'Unmodified same-thread callbacks in a sub-interpreter must run in the wrong interpreter, and modified ones in the right one. That a module has to be modified is read as: left alone, it breaks.',
  checks: [
    ...broken(swigCallbackOnPythonThread, runsInItsInterpreter, oneThread, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'refuted',
      'pitrou.keys-kept-apart': 'refuted',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'refuted',
    }),
    ...broken(swigCallbackOnMakerThread, runsInItsInterpreter, oneThread, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
    ...kept(migratedSwigCallbackOnPythonThread, runsInItsInterpreter, oneThread, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
    ...kept(migratedSwigCallbackOnMakerThread, runsInItsInterpreter, oneThread, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
  ],
})
