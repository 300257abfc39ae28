import { waitsForTheGil } from '../../model/cpython/gil/take-gil.ts'
import type { Interpreter } from '../../model/cpython/vocabulary.ts'
import type { Term } from '../../model/language/builder.ts'
import { and, equal, falsehood, not, truth, unequal } from '../../model/language/builder.ts'
import { promise } from './promise.ts'
import { everyThread, someInterpreter, someThreadWaitsForTheGil } from './situations.ts'

export const noGilIsHeldWhileWaitingForAnother = promise(
  {
    name: 'no-gil-is-held-while-waiting-for-another',
    violation: 'a thread holds one GIL while it waits for another',
    says: 'No thread waits for the GIL of one interpreter while it holds that of another.',
    promisedBy: 'PEP 684: interpreters with a GIL of their own do not wait for each other',
    consequence:
      'Every thread of the one interpreter waits for whoever holds the GIL of the other; two such threads wait for each other for ever.',
  },
  (scene) => {
    const { gils, interpreters, main, policy } = scene.runtime
    if (policy.gils === 'one') return { kind: 'invariant', holds: truth, premise: falsehood }
    return {
      kind: 'invariant',
      holds: and(
        ...everyThread(scene).map(({ process, thread }) => {
          const holdsAnother = (of: Term<Interpreter>) =>
            someInterpreter(scene, (other) => and(unequal(other, of), gils.locked.at(other), equal(gils.owner.at(other), thread)))
          return not(scene.standsAt(process, waitsForTheGil, holdsAnother))
        }),
      ),
      premise: and(
        someThreadWaitsForTheGil(scene),
        someInterpreter(scene, (interpreter) => unequal(interpreters.gil.at(interpreter), main)),
      ),
    }
  },
)
