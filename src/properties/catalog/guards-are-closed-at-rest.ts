import { falsehood, implies, truth } from '../../model/language/builder.ts'
import { promise } from './promise.ts'
import { isGuarded, noInterpreterIs, someInterpreter } from './situations.ts'

export const guardsAreClosedAtRest = promise(
  {
    name: 'guards-are-closed-at-rest',
    violation: 'guard leaked',
    says: 'When every program has ended, no guard is open: a Release closes the guard that its Ensure took.',
    promisedBy: '3.15 documentation of PyThreadState_EnsureFromView: the guard that it takes is released by the Release that belongs to it',
    consequence: 'The interpreter can never be finalized: whoever ends it waits for ever.',
  },
  (scene) => {
    if (!scene.runtime.policy.guards) return { kind: 'invariant', holds: truth, premise: falsehood }
    return {
      kind: 'invariant',
      holds: implies(scene.everyProgramEnded, noInterpreterIs(scene, isGuarded)),
      premise: someInterpreter(scene, (interpreter) => isGuarded(scene, interpreter)),
    }
  },
)
