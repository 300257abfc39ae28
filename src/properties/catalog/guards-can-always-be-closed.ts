import { falsehood, not, or, truth } from '../../model/language/builder.ts'
import { promise } from './promise.ts'
import { isGuarded, noInterpreterIs, someThreadWaitsForGuards } from './situations.ts'

export const guardsCanAlwaysBeClosed = promise(
  {
    name: 'guards-can-always-be-closed',
    violation: 'a guard stays open for ever',
    says: 'Whatever happens, every guard that is open can still come to be closed, so that finalization can go on.',
    promisedBy:
      '3.15 documentation of PyInterpreterGuard and PEP 788: finalization waits for guards and goes on when all are closed; one that is never closed makes the process hang',
    consequence: 'The end of the interpreter, or of the process, waits for ever.',
  },
  (scene) => {
    // Seeking what can always be reached costs as much again as the search: only where there is something to seek.
    if (!scene.runtime.policy.guards) return { kind: 'invariant', holds: truth, premise: falsehood }
    return {
      kind: 'can-always-reach',
      // What has aborted is another promise's matter.
      goal: or(not(scene.isRunning), noInterpreterIs(scene, isGuarded)),
      premise: someThreadWaitsForGuards(scene),
    }
  },
)
