import { interpreterIsAlive } from '../../model/cpython/runtime-state.ts'
import { and, falsehood, not, truth } from '../../model/language/builder.ts'
import { promise } from './promise.ts'
import { everyInterpreter, isGuarded, someInterpreter, someThreadWaitsForGuards } from './situations.ts'

export const guardedInterpreterStays = promise(
  {
    name: 'guarded-interpreter-stays',
    violation: 'an interpreter ends although it is guarded',
    says: 'While a guard of an interpreter is open, the interpreter is there and does not begin to finalize.',
    promisedBy:
      '3.15 documentation of PyInterpreterGuard and PEP 788: a guard is what keeps an interpreter from finalizing, for as long as it is held',
    consequence: 'The thread that holds the guard is made to sleep for ever, or uses an interpreter that is gone.',
  },
  (scene) => {
    const { policy, interpreters } = scene.runtime
    if (!policy.guards) return { kind: 'invariant', holds: truth, premise: falsehood }
    return {
      kind: 'invariant',
      holds: everyInterpreter(scene, isGuarded, (interpreter) =>
        and(interpreterIsAlive(scene.runtime, interpreter), not(interpreters.guardsAreClosed.at(interpreter))),
      ),
      premise: and(
        someInterpreter(scene, (interpreter) => isGuarded(scene, interpreter)),
        someThreadWaitsForGuards(scene),
      ),
    }
  },
)
