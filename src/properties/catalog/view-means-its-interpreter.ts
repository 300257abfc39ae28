import { guardIsTakenFromView, viewLeadsElsewhere } from '../../model/cpython/guards/guard.ts'
import { happens } from '../../model/language/builder.ts'
import { promise } from './promise.ts'

export const viewMeansItsInterpreter = promise(
  {
    name: 'view-means-its-interpreter',
    violation: 'a view leads to another interpreter than it was made from',
    says: 'A guard that is taken from a view is one of the interpreter that the view was made from, not of a later one.',
    promisedBy: 'PEP 788 of PyInterpreterView: a view denotes one interpreter, and leads to nothing once that one is gone',
    consequence: 'A callback that was registered with an interpreter that is gone runs in one that knows nothing of it.',
  },
  () => ({ kind: 'forbidden-transition', forbids: happens(viewLeadsElsewhere), premise: happens(guardIsTakenFromView) }),
)
