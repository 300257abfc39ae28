import { defineClient } from 'gilproof/cpython'

/** A logging library: its own threads call a Python handler, which the main interpreter registered. */
export default defineClient({
  name: 'logging-library',
  says: 'Threads of a C library call a log handler of the main interpreter: PyGILState_Ensure, the handler, PyGILState_Release.',
  write: (stage) => {
    stage.setUp()
    for (const thread of stage.threads) {
      stage.whenReady(thread)
      thread.repeat(stage.bounds.rounds, () => {
        const state = thread.ensure()
        thread.python(stage.mainInterpreter)
        thread.release(state)
      })
    }
  },
})
