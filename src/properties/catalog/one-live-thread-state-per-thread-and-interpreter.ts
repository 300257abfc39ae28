import type { ThreadState } from '../../model/cpython/vocabulary.ts'
import type { Formula, Term } from '../../model/language/builder.ts'
import { and, equal, isNone, not, or, unequal } from '../../model/language/builder.ts'
import type { Scene } from './promise.ts'
import { promise } from './promise.ts'
import { everyAlive, someAlive } from './situations.ts'

export const oneLiveThreadStatePerThreadAndInterpreter = promise(
  {
    name: 'one-live-thread-state-per-thread-and-interpreter',
    violation: 'two thread states of one thread in one interpreter',
    says: 'An OS thread has at most one thread state in each interpreter.',
    promisedBy: 'msg126387: "for each thread, it uses a distinct thread state for that thread for each interpreter"',
    consequence:
      'threading.local values, the exception being handled and the recursion depth belong to one of the two: the code sees now these, now those.',
  },
  (scene) => ({
    kind: 'invariant',
    holds: everyAlive(scene, 'one', (one) =>
      everyAlive(scene, 'other', (other) =>
        or(equal(one, other), not(and(sameThread(scene, one, other), sameInterpreter(scene, one, other)))),
      ),
    ),
    premise: someAlive(scene, 'one', (one) =>
      someAlive(scene, 'other', (other) => and(unequal(one, other), sameThread(scene, one, other))),
    ),
  }),
)

/** A thread state for a thread that is not started yet is of no thread. */
function sameThread({ runtime }: Scene, one: Term<ThreadState>, other: Term<ThreadState>): Formula {
  const { osThread } = runtime.threadStates
  return and(not(isNone(osThread.at(one), runtime.vocabulary.osThreadOrNone)), equal(osThread.at(one), osThread.at(other)))
}

function sameInterpreter({ runtime }: Scene, one: Term<ThreadState>, other: Term<ThreadState>): Formula {
  return equal(runtime.threadStates.interpreter.at(one), runtime.threadStates.interpreter.at(other))
}
