import { runsInItsInterpreter } from '../../src/properties/catalog/runs-in-its-interpreter.ts'
import type { KnownBug } from './known-bug.ts'
import { since, until } from './profile-range.ts'

export const sameThreadCallbackRunsInMain: KnownBug = {
  name: 'same-thread-callback-runs-in-main',
  title: 'callback of a sub-interpreter, on the same thread, runs in the main interpreter',
  says: 'The thread that made a sub-interpreter calls C code that lets the GIL go and calls back with the plain pair, as SWIG, ctypes and sqlite3 do. Ensure finds the main thread state in its slot, and the callback runs in the main interpreter.',
  covers: ['same-thread-callback', 'sqlite-callback-in-the-wrong-interpreter', 'ctypes-callback-in-the-wrong-interpreter'],
  threads: 1,
  interpreters: 2,
  program: {
    write: (stage) => {
      const { main } = stage
      const sub = stage.homeOf(0)
      main.newInterpreter(sub)
      main.python(sub)
      const saved = main.saveThread()
      main.callback(sub)
      main.restoreThread(saved)
      main.python(sub)
      main.saveThread()
    },
  },
  failure: [runsInItsInterpreter],
  affected: until('3.11'),
  fixed: since('3.12'),
  turns: { '3.12': 'slotIsBound' },
}
