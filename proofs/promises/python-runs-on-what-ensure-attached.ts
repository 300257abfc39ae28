import { runsPython } from '../../src/model/cpython/gil/run-python.ts'
import type { ThreadState } from '../../src/model/cpython/vocabulary.ts'
import type { Formula, Term } from '../../src/model/language/builder.ts'
import { actor, and, equal, happens, integer, less, not, or } from '../../src/model/language/builder.ts'
import type { Scene } from '../../src/properties/catalog/promise.ts'
import { promise } from '../../src/properties/catalog/promise.ts'
import { someAlive } from '../../src/properties/catalog/situations.ts'

export const pythonRunsOnWhatEnsureAttached = promise(
  {
    name: 'python-runs-on-what-ensure-attached',
    violation: 'Python code runs beside an open Ensure',
    says: 'While a thread has an Ensure open, its Python code runs on the thread state that this Ensure attached.',
    promisedBy: 'msg126406: "having ThreadState_Swap complain loudly if the gilstate_counter isn\'t set to a value it knows how to handle"',
    consequence: 'Nobody has complained by the time the wrong thread state is in use; Release finds out, if it is called at all.',
  },
  (scene) => ({
    kind: 'forbidden-transition',
    forbids: and(
      happens(runsPython),
      someAlive(scene, 'left', (left) => and(hasAnEnsureOpen(scene, left), not(equal(left, scene.runtime.current.at())))),
    ),
    premise: happens(runsPython),
  }),
)

/** The counter of the acting thread's own thread state is above what it was made with. */
function hasAnEnsureOpen({ runtime }: Scene, threadState: Term<ThreadState>): Formula {
  const { counter, madeByEnsure, osThread } = runtime.threadStates
  const count = counter.at(threadState)
  return and(
    equal(osThread.at(threadState), actor(runtime.vocabulary.osThread)),
    or(less(integer(1), count), and(madeByEnsure.at(threadState), less(integer(0), count))),
  )
}
