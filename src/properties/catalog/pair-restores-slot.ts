import { pairChangedSlot, pairEnds } from '../../model/cpython/gilstate/balanced-pair.ts'
import { happens } from '../../model/language/builder.ts'
import { promise } from './promise.ts'

export const pairRestoresSlot = promise(
  {
    name: 'pair-restores-slot',
    violation: 'balanced pair changed what Ensure would find',
    says: 'After a balanced Ensure and Release another Ensure would find what it would have found before.',
    promisedBy:
      '3.2 documentation of PyGILState_Release: "Python\'s state will be the same as it was prior to the corresponding PyGILState_Ensure() call"',
    consequence: 'The next callback of the thread, perhaps of a library that knows nothing of this one, works with another thread state.',
  },
  () => ({ kind: 'forbidden-transition', forbids: happens(pairChangedSlot), premise: happens(pairEnds) }),
)
