import { noInterpreter, noThreadState } from '../../src/model/cpython/runtime-state.ts'
import type { OsThread } from '../../src/model/cpython/vocabulary.ts'
import type { Formula, Term } from '../../src/model/language/builder.ts'
import { and, conditional, equal, implies, not, or } from '../../src/model/language/builder.ts'
import type { Scene } from '../../src/properties/catalog/promise.ts'
import { promise } from '../../src/properties/catalog/promise.ts'
import { everyThread } from '../../src/properties/catalog/situations.ts'

export const currentInterpreterIsTheAttachedOne = promise(
  {
    name: 'current-interpreter-is-the-attached-one',
    violation: 'current interpreter differs from the attached one',
    says: 'While a thread is attached, the interpreter that plain Ensure would work with is that of the attached thread state.',
    promisedBy: 'msg126387: "the TLS records what interpreter a thread is currently running against"',
    consequence: 'A callback of this thread runs in another interpreter than the code that caused it.',
  },
  (scene) => ({
    kind: 'invariant',
    holds: and(...everyThread(scene).map(({ thread }) => implies(isAttached(scene, thread), meansTheAttachedOne(scene, thread)))),
    premise: or(...everyThread(scene).map(({ thread }) => isAttached(scene, thread))),
  }),
)

function isAttached({ runtime }: Scene, thread: Term<OsThread>): Formula {
  const { gil, current } = runtime
  return and(gil.locked.at(), equal(gil.owner.at(), thread), not(equal(current.at(), noThreadState(runtime))))
}

/** Where plain Ensure would look, by policy. An empty slot means nothing yet. */
function meansTheAttachedOne({ runtime }: Scene, thread: Term<OsThread>): Formula {
  const { current, currentInterpreter, currentInterpreterIsCleared, main, policy, slot, threadStates } = runtime
  const attached = threadStates.interpreter.at(current.at())
  switch (policy.plainCallsLookIn) {
    case 'thread-slot':
      return or(equal(slot.at(thread), noThreadState(runtime)), equal(threadStates.interpreter.at(slot.at(thread)), attached))
    case 'slot-of-main':
      return equal(attached, main)
    case 'slot-of-current-interpreter': {
      const recorded = currentInterpreter.at(thread)
      const meant = conditional(equal(recorded, noInterpreter(runtime)), main, recorded)
      return and(not(currentInterpreterIsCleared.at(thread)), equal(meant, attached))
    }
  }
}
