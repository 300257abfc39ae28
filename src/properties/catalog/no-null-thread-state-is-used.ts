import { usesNull } from '../../model/cpython/caller.ts'
import { happens, truth } from '../../model/language/builder.ts'
import { promise } from './promise.ts'

export const noNullThreadStateIsUsed = promise(
  {
    name: 'no-null-thread-state-is-used',
    violation: 'NULL thread state used',
    says: 'No call works on a thread state where there is none.',
    promisedBy:
      '3.2 documentation, "Non-Python created threads": before using the API a thread must acquire the GIL and store its thread state pointer',
    consequence: 'The process crashes with a segmentation fault.',
  },
  () => ({ kind: 'forbidden-transition', forbids: happens(usesNull), premise: truth }),
)
