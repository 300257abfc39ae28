import type { Client } from '../client.ts'
import { withoutTheGil } from '../finalizing-stage.ts'

export const documentedReuse: Client = {
  name: 'documented-thread-state-reuse',
  title: 'foreign thread that keeps one thread state, as the documentation shows',
  says: 'The documentation of 3.15 (Doc/c-api/threads.rst) shows how a foreign thread keeps a thread state: PyThreadState_New once, PyEval_RestoreThread and PyEval_SaveThread around each call, PyThreadState_Clear and PyThreadState_DeleteCurrent at the end. Each call uses an extension module that lets the GIL go and calls back with the plain pair.',
  story: 'A foreign thread keeps a thread state of its own, and what it calls uses PyGILState_Ensure.',
  kind: 'unmodified',
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => {
      const own = thread.newThreadState(home)
      thread.repeat(stage.bounds.rounds, () => {
        thread.restoreThread(own)
        thread.python(home)
        withoutTheGil(thread, () => void thread.callback(home))
        thread.saveThread()
        thread.callback(home)
      })
      thread.restoreThread(own)
      thread.clear(own)
      thread.deleteCurrent()
    })
  },
}

export const pantsPinsWithEnsure: Client = {
  name: 'pants-pins-with-ensure',
  title: 'foreign thread that stays inside one Ensure',
  says: 'The engine of pants keeps the thread state of a worker alive by an outermost PyGILState_Ensure and PyEval_SaveThread at the start of the thread, so that the pairs in between find it; at the end PyEval_RestoreThread and PyGILState_Release (its change 23489).',
  story: 'A foreign thread does all its callbacks inside of one Ensure.',
  kind: 'unmodified',
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread) => {
      const state = thread.ensure()
      const saved = thread.saveThread()
      thread.repeat(stage.bounds.rounds, () => {
        thread.callback(stage.mainInterpreter)
        thread.callback(stage.mainInterpreter)
      })
      thread.restoreThread(saved)
      thread.release(state)
    })
  },
}
