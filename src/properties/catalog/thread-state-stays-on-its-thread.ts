import { runsOnAnotherThreadsState, runsPython } from '../../model/cpython/gil/run-python.ts'
import { takesForAnotherThread } from '../../model/cpython/gil/take-gil.ts'
import { happens, or } from '../../model/language/builder.ts'
import { promise } from './promise.ts'

export const threadStateStaysOnItsThread = promise(
  {
    name: 'thread-state-stays-on-its-thread',
    violation: 'thread state used by another OS thread than it was made for',
    says: 'A thread state is attached, and runs Python code, only on the OS thread it was made for.',
    promisedBy: '3.2 documentation of PyThreadState: "represents the state of a single thread"',
    consequence:
      'Ensure on that thread does not find the attached thread state, and two threads may believe that one thread state is theirs.',
  },
  () => ({
    kind: 'forbidden-transition',
    forbids: or(happens(takesForAnotherThread), happens(runsOnAnotherThreadsState)),
    premise: happens(runsPython),
  }),
)
