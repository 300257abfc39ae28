import { osThreadAt } from '../../src/model/cpython/runtime-state.ts'
import type { ThreadState } from '../../src/model/cpython/vocabulary.ts'
import type { Formula, Term } from '../../src/model/language/builder.ts'
import { and, equal, implies, isNone, not } from '../../src/model/language/builder.ts'
import type { Scene } from '../../src/properties/catalog/promise.ts'
import { promise } from '../../src/properties/catalog/promise.ts'
import { everyAlive, someAlive } from '../../src/properties/catalog/situations.ts'

export const threadIsOwnedByOneInterpreter = promise(
  {
    name: 'thread-is-owned-by-one-interpreter',
    violation: 'thread with thread states of two interpreters',
    says: 'All thread states that an acting thread has at one time are of one interpreter.',
    promisedBy: 'msg126364: "a given OS level thread can only be owned by one interpreter at a time"',
    consequence: 'One slot cannot say which interpreter a callback of this thread belongs to.',
  },
  (scene) => ({
    kind: 'invariant',
    holds: everyAlive(scene, 'one', (one) =>
      everyAlive(scene, 'other', (other) => implies(areOfOneActingThread(scene, one, other), sameInterpreter(scene, one, other))),
    ),
    premise: someAlive(scene, 'made', (made) => areOfOneActingThread(scene, made, made)),
  }),
)

/** The main thread does not count: it makes the sub-interpreters, and has a thread state in each. */
function areOfOneActingThread({ runtime }: Scene, one: Term<ThreadState>, other: Term<ThreadState>): Formula {
  const owner = runtime.threadStates.osThread.at(one)
  const isMain = equal(owner, osThreadAt(runtime, 0))
  return and(not(isNone(owner, runtime.vocabulary.osThreadOrNone)), not(isMain), equal(owner, runtime.threadStates.osThread.at(other)))
}

function sameInterpreter({ runtime }: Scene, one: Term<ThreadState>, other: Term<ThreadState>): Formula {
  return equal(runtime.threadStates.interpreter.at(one), runtime.threadStates.interpreter.at(other))
}
