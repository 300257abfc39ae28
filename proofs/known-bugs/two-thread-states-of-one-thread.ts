import { noFatalError } from '../../src/properties/catalog/no-fatal-error.ts'
import type { KnownBug } from './known-bug.ts'
import { since, until } from './profile-range.ts'

export const secondThreadStateOfTheThread: KnownBug = {
  name: 'second-thread-state-of-the-thread',
  title: 'second thread state of a thread in the same interpreter, made by a wrapper with a key of its own',
  says: "A wrapper keeps thread states in a key of its own, as pybind11's gil_scoped_acquire does. On a thread that Python started and that let the GIL go, the key is empty: the wrapper makes a second thread state in the same interpreter. Debug builds compare it with the GILState slot.",
  covers: ['pybind-two-keys-two-thread-states'],
  threads: 1,
  interpreters: 1,
  mainSetsTheScene: true,
  build: 'debug',
  program: {
    write: (stage) => {
      stage.startHomeThreads((thread, home) => {
        const outer = thread.saveThread()
        const second = thread.newThreadState(home)
        thread.acquireThread(second)
        thread.restoreThread(thread.saveThread())
        thread.clear(second)
        thread.deleteCurrent()
        thread.restoreThread(outer)
      })
    },
  },
  failure: [noFatalError],
  outcome: /^Invalid thread state for this thread$/,
  affected: until('3.11'),
  fixed: since('3.12'),
  turns: { '3.12': 'attaching' },
  range: 'Reported for pybind11 2.2, in the days of 3.6. Since 3.12 the slot follows what is attached, and there is nothing to compare.',
}
