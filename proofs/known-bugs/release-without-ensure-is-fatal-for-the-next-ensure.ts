import { noFatalError } from '../../src/properties/catalog/no-fatal-error.ts'
import type { KnownBug } from './known-bug.ts'
import { allBut, between } from './profile-range.ts'
import { unlocked } from './scenery.ts'

export const releaseWithoutEnsureIsFatalForTheNextEnsure: KnownBug = {
  name: 'release-without-ensure-is-fatal-for-the-next-ensure',
  title: 'Release that was used to let go of the GIL makes the next Ensure fatal',
  says: 'A program lets go of the GIL after Py_Initialize with PyGILState_Release(PyGILState_UNLOCKED). That frees the main thread state; the next Ensure makes a new one in the same memory, which is refused.',
  covers: ['release-without-ensure-then-ensure'],
  threads: 1,
  interpreters: 1,
  program: {
    threadStates: () => 2,
    write: (stage) => {
      const { main } = stage
      main.release(unlocked(stage))
      main.callback(stage.mainInterpreter)
    },
  },
  failure: [noFatalError],
  outcome: /^thread state already initialized$/,
  affected: between('3.11', '3.12'),
  fixed: allBut(between('3.11', '3.12')),
  turns: { '3.11': 'firstThreadStateIsReused', '3.13': 'firstThreadStateIsReused' },
}
