import { claim } from '../src/judge/claim.ts'
import { ensureThenNewInterpreter } from '../src/model/clients/ensure-then-new-interpreter.ts'
import { handedOverThread } from '../src/model/clients/handed-over-thread.ts'
import { modWsgiPool } from '../src/model/clients/mod-wsgi-pool.ts'
import { swigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { currentInterpreterIsTheAttachedOne } from './promises/current-interpreter-is-the-attached-one.ts'
import { oneThread, oneThreadTwoRounds } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'no-new-call-is-needed-to-keep-the-current-interpreter',
  says: 'Existing functions can keep the current interpreter by themselves.',
  by: 'Dumpleton',
  messages: [126387],
  quote: 'it is possible that that no new API functions may be needed to manage the TLS',
  kind: 'checkable',
  formalisation:
    'While a thread is attached, what plain Ensure would work with is the interpreter of the attached thread state, in a pool, a handed-over thread and a thread that makes an interpreter. Included is the variation in which attaching records nothing.',
  checks: [
    ...kept(modWsgiPool, currentInterpreterIsTheAttachedOne, oneThreadTwoRounds, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
    ...kept(handedOverThread, currentInterpreterIsTheAttachedOne, oneThread, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
    ...kept(ensureThenNewInterpreter, currentInterpreterIsTheAttachedOne, oneThread, {
      'dumpleton-automatic.explicit-swap-clears': 'confirmed',
      'dumpleton-automatic.every-swap-clears': 'confirmed',
      'dumpleton-automatic.release-thread-clears': 'confirmed',
      'dumpleton-automatic.attach-points-the-slot': 'confirmed',
      'dumpleton-automatic.never-cleared': 'confirmed',
    }),
    ...kept(swigCallbackOnPythonThread, currentInterpreterIsTheAttachedOne, oneThread, {
      'dumpleton-automatic.only-explicit-calls-record': 'refuted',
    }),
  ],
})
