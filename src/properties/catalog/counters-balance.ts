import type { ThreadState } from '../../model/cpython/vocabulary.ts'
import type { Formula, Term } from '../../model/language/builder.ts'
import { and, equal, implies, integer, isNone, less, or } from '../../model/language/builder.ts'
import type { Scene } from './promise.ts'
import { promise } from './promise.ts'
import { everyAlive, someAlive } from './situations.ts'

export const countersBalance = promise(
  {
    name: 'counters-balance',
    violation: 'gilstate_counter out of balance',
    says: 'When every program has ended, each thread state counts what it counted when it was made.',
    promisedBy:
      '3.2 documentation of PyGILState_Ensure: "as many times as desired by a thread as long as each call is matched with a call to PyGILState_Release()"',
    consequence: 'A later Release destroys the thread state too early, or never.',
  },
  (scene) => ({
    kind: 'invariant',
    holds: implies(
      scene.everyProgramEnded,
      everyAlive(scene, 'idle', (idle) => countsAsMade(scene, idle)),
    ),
    premise: someAlive(scene, 'counted', (counted) => less(integer(1), scene.runtime.threadStates.counter.at(counted))),
  }),
)

/** 1 since it was noted; 0 while its thread is not started. One that an Ensure made never rests: at 0 it is deleted. */
function countsAsMade({ runtime }: Scene, threadState: Term<ThreadState>): Formula {
  const { counter, osThread } = runtime.threadStates
  const isNotStarted = isNone(osThread.at(threadState), runtime.vocabulary.osThreadOrNone)
  return or(equal(counter.at(threadState), integer(1)), and(isNotStarted, equal(counter.at(threadState), integer(0))))
}
