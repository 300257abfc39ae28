import { claim } from '../src/judge/claim.ts'
import { migratedFreshThread } from '../src/model/clients/callback-from-fresh-thread.ts'
import { migratedHandedOverThread } from '../src/model/clients/handed-over-thread.ts'
import { migratedHelperThread } from '../src/model/clients/helper-thread.ts'
import { migratedSwigCallbackOnMakerThread, migratedSwigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThread, oneThreadTwoRounds } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'one-new-function-is-enough',
  says: 'A single new function, PyInterpreterState_Swap, is all that callbacks and pools need.',
  by: 'Dumpleton',
  messages: [126348],
  quote: 'you probably only need a single new public API function',
  kind: 'checkable',
  formalisation:
    'Five clients put PyInterpreterState_Swap around the old pair and must run where they asked; on the maker thread and the handed-over thread they must not die either. Readings with one slot per thread are where this can fail.',
  checks: [
    ...kept(migratedSwigCallbackOnPythonThread, runsInItsInterpreter, oneThread, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
    ...kept(migratedFreshThread, runsInItsInterpreter, oneThreadTwoRounds, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
    ...kept(migratedHelperThread, runsInItsInterpreter, oneThreadTwoRounds, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
    ...kept(migratedSwigCallbackOnMakerThread, runsInItsInterpreter, oneThread, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'refuted',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
    ...kept(migratedHandedOverThread, runsInItsInterpreter, oneThread, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'refuted',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
    ...kept(migratedSwigCallbackOnMakerThread, noFatalError, oneThread, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'refuted',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
    ...kept(migratedHandedOverThread, noFatalError, oneThread, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'refuted',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
  ],
})
