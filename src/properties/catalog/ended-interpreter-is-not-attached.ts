import { holdsTheGil } from '../../model/cpython/caller.ts'
import { currentFor } from '../../model/cpython/current.ts'
import { interpreterIsAlive, isNoThreadState } from '../../model/cpython/runtime-state.ts'
import { and, implies, not } from '../../model/language/builder.ts'
import { promise } from './promise.ts'
import { everyThread, someInterpreterEnds } from './situations.ts'

export const endedInterpreterIsNotAttached = promise(
  {
    name: 'ended-interpreter-is-not-attached',
    violation: 'a thread stays attached to an interpreter that has ended',
    says: 'No thread has a thread state attached whose interpreter has ended.',
    promisedBy:
      'documentation of Py_EndInterpreter: the given thread state is the attached one, all thread states of the interpreter are destroyed, and afterwards nothing is attached',
    consequence: 'The next call of that thread uses freed memory.',
  },
  (scene) => {
    const { runtime } = scene
    return {
      kind: 'invariant',
      holds: and(
        ...everyThread(scene).map(({ thread }) => {
          const current = currentFor({ runtime, thread })
          const isAttached = and(not(isNoThreadState(runtime, current)), holdsTheGil({ runtime, thread }))
          return implies(isAttached, interpreterIsAlive(runtime, runtime.threadStates.interpreter.at(current)))
        }),
      ),
      premise: someInterpreterEnds(scene),
    }
  },
)
