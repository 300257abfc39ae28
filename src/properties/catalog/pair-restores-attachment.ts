import { pairChangedAttachment, pairEnds } from '../../model/cpython/gilstate/balanced-pair.ts'
import { happens } from '../../model/language/builder.ts'
import { promise } from './promise.ts'

export const pairRestoresAttachment = promise(
  {
    name: 'pair-restores-attachment',
    violation: 'balanced pair changed what is attached',
    says: 'After a balanced Ensure and Release the thread has attached what it had before.',
    promisedBy:
      '3.2 documentation of PyGILState_Release: "Python\'s state will be the same as it was prior to the corresponding PyGILState_Ensure() call"',
    consequence: 'The C code around the callback goes on with another thread state than it started with, or without one.',
  },
  () => ({ kind: 'forbidden-transition', forbids: happens(pairChangedAttachment), premise: happens(pairEnds) }),
)
