import { claim } from '../src/judge/claim.ts'
import { handedOverThread } from '../src/model/clients/handed-over-thread.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThread } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'swap-can-keep-the-current-interpreter',
  says: 'PyThreadState_Swap knows the interpreter of what it makes current, and can record it.',
  by: 'Dumpleton',
  messages: [126387],
  quote: 'It thus can also update the TLS for the interpreter automatically',
  kind: 'checkable',
  formalisation:
    'A thread of the main interpreter swaps a thread state of a sub-interpreter in, calls out and is called back with the old pair: it must run in the sub-interpreter and not die.',
  checks: [
    ...kept(handedOverThread, runsInItsInterpreter, oneThread, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
    ...kept(handedOverThread, noFatalError, oneThread, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'refuted',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
  ],
})
