import { usesNull } from '../../model/cpython/caller.ts'
import { happens, truth } from '../../model/language/builder.ts'
import { promise } from './promise.ts'

export const noNullThreadStateIsUsed = promise(
  {
    name: 'no-null-thread-state-is-used',
    violation: 'NULL thread state used',
    says: 'No call works on a thread state where there is none.',
    promisedBy:
      '3.2 documentation, "Non-Python created threads": "creating a thread state data structure, then acquiring the GIL, and finally storing their thread state pointer, before you can start using the Python/C API"',
    consequence: 'The process crashes with a segmentation fault.',
  },
  () => ({ kind: 'forbidden-transition', forbids: happens(usesNull), premise: truth }),
)
