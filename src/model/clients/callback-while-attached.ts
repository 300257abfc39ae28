import type { Client } from './client.ts'

const wrapper =
  'C code called from Python keeps the GIL, and what it calls back into does not know that: PyGILState_Ensure, the Python function, PyGILState_Release while attached. ctypes with PyDLL (_ctypes/callbacks.c) and the conditional NPY_ALLOW_C_API of NumPy (ndarraytypes.h) do it.'

export const callbackWhileAttachedOnPythonThread: Client = {
  name: 'callback-while-attached-on-python-thread',
  title: 'callback without SaveThread, thread started by Python',
  says: `${wrapper} The thread was started by Python code of the interpreter the callback belongs to.`,
  kind: 'unmodified',
  write: (stage) => {
    stage.startHomeThreads((thread, home) => {
      thread.repeat(stage.bounds.rounds, () => thread.callback(home))
      thread.python(home)
    })
  },
}

export const callbackWhileAttachedOnMakerThread: Client = {
  name: 'callback-while-attached-on-maker-thread',
  title: 'callback without SaveThread, thread that made the sub-interpreter',
  says: `${wrapper} The thread is the one that made the sub-interpreter with Py_NewInterpreter; other threads call back into the main interpreter meanwhile.`,
  kind: 'unmodified',
  write: (stage) => {
    const { main } = stage
    const home = stage.makeFirstSubInterpreter()
    main.python(home)
    main.repeat(stage.bounds.rounds, () => main.callback(home))
    main.saveThread()
    stage.callBackIntoMain(stage.threads.slice(1))
  },
}
