import { interpreterIsAlive } from '../../model/cpython/runtime-state.ts'
import { after, and, falsehood, less, not, or } from '../../model/language/builder.ts'
import { promise } from './promise.ts'
import { someInterpreter } from './situations.ts'

export const noGuardOnceTheEndBegan = promise(
  {
    name: 'no-guard-once-the-end-began',
    violation: 'a guard is given out too late',
    says: 'Once an interpreter begins to finalize, nobody gets a guard of it any more.',
    promisedBy:
      '3.15 documentation of PyInterpreterGuard_FromView and PEP 788: after finalization has started there are no guards to be had',
    consequence: 'A thread trusts a guard that keeps nothing, and uses an interpreter that is being torn down.',
  },
  (scene) => {
    const { policy, interpreters } = scene.runtime
    if (!policy.guards) return { kind: 'forbidden-transition', forbids: falsehood, premise: falsehood }
    return {
      kind: 'forbidden-transition',
      forbids: someInterpreter(scene, (interpreter) =>
        and(
          or(interpreters.guardsAreClosed.at(interpreter), not(interpreterIsAlive(scene.runtime, interpreter))),
          less(interpreters.guards.at(interpreter), after(interpreters.guards.at(interpreter))),
        ),
      ),
      premise: someInterpreter(scene, (interpreter) => interpreters.guardsAreClosed.at(interpreter)),
    }
  },
)
