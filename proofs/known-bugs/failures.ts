import { hangsForEver, lateThreadExits } from '../../src/model/cpython/finalization/late-thread.ts'
import { runsInADyingRuntime, runsPython } from '../../src/model/cpython/gil/run-python.ts'
import { and, falsehood, happens, not, truth } from '../../src/model/language/builder.ts'
import { promise } from '../../src/properties/catalog/promise.ts'
import { everyThread, someAlive } from '../../src/properties/catalog/situations.ts'

const late = 'bpo-1856 and gh-87135: what to do with a thread that comes back while the runtime is finalized'

/** `pthread_exit` in a C++ destructor is `std::terminate`; anywhere else the thread's locks stay locked. */
export const noThreadIsEnded = promise(
  {
    name: 'no-thread-is-ended',
    violation: 'thread ended by pthread_exit',
    says: 'No call ends the thread that makes it.',
    promisedBy: late,
    consequence: 'What the thread had to clean up is not cleaned up, or its destructors run and abort the process.',
  },
  () => ({ kind: 'forbidden-transition', forbids: happens(lateThreadExits), premise: truth }),
)

export const noThreadSleepsForEver = promise(
  {
    name: 'no-thread-sleeps-for-ever',
    violation: 'thread put to sleep for ever',
    says: 'No call puts the thread that makes it to sleep for ever.',
    promisedBy: late,
    consequence: 'The code after the call never runs, and what the thread holds is never given back.',
  },
  (scene) => ({
    kind: 'invariant',
    holds: and(...everyThread(scene).map(({ process }) => not(scene.standsAt(process, hangsForEver)))),
    premise: truth,
  }),
)

export const nobodyRunsPythonInADyingRuntime = promise(
  {
    name: 'nobody-runs-python-in-a-dying-runtime',
    violation: 'Python code runs while another thread finalizes the runtime',
    says: 'Once the runtime is being finalized, only the thread that finalizes it runs Python code.',
    promisedBy: late,
    consequence: 'The code meets modules that are half torn down, and thread states that are freed under it.',
  },
  () => ({ kind: 'forbidden-transition', forbids: happens(runsInADyingRuntime), premise: happens(runsPython) }),
)

export const nothingIsMadeAfterTheSweep = promise(
  {
    name: 'nothing-is-made-after-the-sweep',
    violation: 'thread state made after finalization dropped the others',
    says: 'An interpreter that dropped all thread states but one gets no new one.',
    promisedBy: 'gh-131012: a thread state that adds itself to the list after _PyThreadState_RemoveExcept',
    consequence:
      'The interpreter is deleted with a thread state of another thread in its list: debug builds assert, others free it under the thread.',
  },
  (scene) => ({
    kind: 'invariant',
    holds: scene.runtime.dropsOthers
      ? not(someAlive(scene, 'late', (threadState) => scene.runtime.threadStates.isLate.at(threadState)))
      : not(falsehood),
    premise: truth,
  }),
)
