import type { Client } from './client.ts'

export const attachAnothersThreadState: Client = {
  name: 'attach-anothers-thread-state',
  title: 'attaches a thread state made for another thread',
  says: "Worker threads take turns with the main thread's state instead of making one each, and are called back on the same thread: jep's shared interpreters (pyembed.c), mod_python's global_tstate (mod_python.c) and its pool of thread states that migrate between threads.",
  kind: 'wrong',
  write: (stage) => {
    stage.setUp()
    const borrowed = stage.runtime.mainThreadState
    stage.eachThread((thread) => {
      thread.repeat(stage.bounds.rounds, () => {
        thread.acquireThread(borrowed)
        thread.python(stage.mainInterpreter)
        const saved = thread.saveThread()
        thread.callback(stage.mainInterpreter)
        thread.restoreThread(saved)
        thread.releaseThread(borrowed)
      })
    })
  },
}
