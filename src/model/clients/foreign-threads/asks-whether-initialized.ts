import { literal } from '../../language/builder.ts'
import type { Client } from '../client.ts'
import { finalizeMeanwhile, finalizeWithABlockingFinalizer } from '../finalizing-stage.ts'
import { onFirstThread } from '../first-thread.ts'
import { foreignMutex, whileLocked } from '../foreign-mutex.ts'

export const pygobjectAsksTwice: Client = {
  name: 'pygobject-asks-twice-whether-it-is-initialized',
  title: 'asks Py_IsInitialized before Ensure and again before it takes the GIL back',
  says: 'PyGObject (gi/pygi-closure.c, pygobject-object.c) does nothing in a callback of any GLib thread unless Py_IsInitialized. When it frees the data of an object it lets the GIL go inside of PyGILState_Ensure to invalidate closures, and asks again before it takes it back; if not, it never releases. A lock of GObject is held around it, which a finalizer of the main interpreter wants as well, without the GIL.',
  story: 'Finalization begins in the middle of a callback, between the question and the GIL, and the late thread keeps a lock.',
  kind: 'unmodified',
  finalizes: true,
  write: (stage) => {
    const { main, mainInterpreter } = stage
    const object = foreignMutex(stage, 'the lock of GObject')
    onFirstThread(stage, (thread) => {
      whileLocked(thread, object, () => {
        thread.when(thread.isInitialized(), () => {
          const state = thread.ensure()
          thread.python(mainInterpreter)
          const saved = thread.saveThread()
          thread.when(thread.isInitialized(), () => {
            thread.restoreThread(saved)
            thread.release(state)
          })
        })
      })
    })
    finalizeWithABlockingFinalizer(stage, () => whileLocked(main, object, () => undefined))
  },
}

export const wxpythonAsksAtBothEnds: Client = {
  name: 'wxpython-asks-at-both-ends',
  title: 'asks Py_IsInitialized before Ensure and before Release, in a runtime with two lives',
  says: 'The begin and end helpers of wxPython (src/wxpy_api.sip) call PyGILState_Ensure and PyGILState_Release, each only if Py_IsInitialized; begin answers PyGILState_LOCKED if not. A thread may begin when the runtime is down and end when it is up again.',
  story: 'A thread begins between two lives of the runtime, and ends in the second one: Release without Ensure.',
  kind: 'unmodified',
  finalizes: true,
  restarts: true,
  write: (stage) => {
    const { main, mainInterpreter } = stage
    const { gilstateState } = stage.runtime.vocabulary
    onFirstThread(stage, (thread) => {
      const state = thread.local('blocked', gilstateState)
      thread.set(state, literal(gilstateState, 0))
      thread.when(thread.isInitialized(), () => {
        thread.set(state, thread.ensure())
        thread.python(mainInterpreter)
      })
      thread.when(thread.isInitialized(), () => thread.release(state))
    })
    finalizeMeanwhile(stage)
    main.initialize()
    main.saveThread()
  },
}
