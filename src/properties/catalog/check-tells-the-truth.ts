import { checkAnswersWrong, checkIsAsked } from '../../model/cpython/gilstate/check.ts'
import { happens } from '../../model/language/builder.ts'
import { promise } from './promise.ts'

export const checkTellsTheTruth = promise(
  {
    name: 'check-tells-the-truth',
    violation: 'PyGILState_Check answers wrong',
    says: 'PyGILState_Check says whether the calling thread holds the GIL.',
    promisedBy:
      '3.4 documentation of PyGILState_Check: "Return 1 if the current thread is holding the GIL and 0 otherwise"; more checks since msg261778',
    consequence: 'An assertion that was to catch calls without the GIL passes, or fails in a correct program.',
  },
  () => ({ kind: 'forbidden-transition', forbids: happens(checkAnswersWrong), premise: happens(checkIsAsked) }),
)
