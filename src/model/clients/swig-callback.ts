import type { Client } from './client.ts'
import { needsNewCalls } from './client.ts'
import type { CallBack } from './client-thread.ts'
import { migratedCallback, plainCallback } from './client-thread.ts'
import type { Stage } from './stage.ts'

/** SWIG with -threads (Lib/python/pythreads.swg, director.swg), ctypes (Modules/_ctypes/callbacks.c), lxml (parser.pxi): msg126355. */
const wrapper =
  'C code called from Python lets the GIL go and calls back on the same thread: Py_BEGIN_ALLOW_THREADS, then PyGILState_Ensure, the Python function, PyGILState_Release, then Py_END_ALLOW_THREADS. Written by SWIG (pythreads.swg and director.swg), ctypes (_ctypes/callbacks.c) and lxml (parser.pxi).'

export const swigCallbackOnPythonThread: Client = {
  name: 'swig-callback-on-python-thread',
  title: 'same-thread callback, thread started by Python',
  says: `${wrapper} The thread was started by Python code of the interpreter the callback belongs to.`,
  kind: 'unmodified',
  write: (stage) => onPythonThread(stage, plainCallback),
}

export const migratedSwigCallbackOnPythonThread: Client = {
  name: 'migrated-swig-callback-on-python-thread',
  title: 'migrated same-thread callback, thread started by Python',
  says: 'As swig-callback-on-python-thread, with the calls the design adds: the wrapper kept the interpreter that was current when the callback was registered, as the ctypes conversion of msg126335 does.',
  kind: 'migrated',
  doesNotApply: needsNewCalls,
  write: (stage) => onPythonThread(stage, migratedCallback),
}

export const swigCallbackOnMakerThread: Client = {
  name: 'swig-callback-on-maker-thread',
  title: 'same-thread callback, thread that made the sub-interpreter',
  says: `${wrapper} The thread is the one that made the sub-interpreter with Py_NewInterpreter; other threads call back into the main interpreter meanwhile.`,
  kind: 'unmodified',
  write: (stage) => onMakerThread(stage, plainCallback),
}

export const migratedSwigCallbackOnMakerThread: Client = {
  name: 'migrated-swig-callback-on-maker-thread',
  title: 'migrated same-thread callback, thread that made the sub-interpreter',
  says: 'As swig-callback-on-maker-thread, with the calls the design adds; the other threads still call back with the old pair.',
  kind: 'migrated',
  doesNotApply: needsNewCalls,
  write: (stage) => onMakerThread(stage, migratedCallback),
}

export const swigCallbackOnForeignThread: Client = {
  name: 'swig-callback-on-foreign-thread',
  title: 'same-thread callback, thread of an embedder',
  says: `${wrapper} The thread belongs to an embedder that attaches a thread state of its own: PyThreadState_New, PyEval_AcquireThread, and in the end PyThreadState_Clear and PyThreadState_DeleteCurrent, as pyuno (pyuno_runtime.cxx) and FreeSWITCH (mod_python3.c) do.`,
  kind: 'unmodified',
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => {
      const own = thread.newThreadState(home)
      thread.acquireThread(own)
      thread.python(home)
      const saved = thread.saveThread()
      thread.repeat(stage.bounds.rounds, () => thread.callback(home))
      thread.restoreThread(saved)
      thread.clear(own)
      thread.deleteCurrent()
    })
  },
}

function onPythonThread(stage: Stage, callBack: CallBack): void {
  stage.startHomeThreads((thread, home) => {
    const saved = thread.saveThread()
    thread.repeat(stage.bounds.rounds, () => callBack(thread, home))
    thread.restoreThread(saved)
    thread.python(home)
  })
}

function onMakerThread(stage: Stage, callBack: CallBack): void {
  const { main } = stage
  const home = stage.makeFirstSubInterpreter()
  main.python(home)
  const saved = main.saveThread()
  main.repeat(stage.bounds.rounds, () => callBack(main, home))
  main.restoreThread(saved)
  main.python(home)
  main.saveThread()
  stage.callBackIntoMain(stage.threads.slice(1))
}
