/** What an operand or a result names. `NULL` is a thread state, and so is `current`: what the calling thread has attached. */
export type OperandKind = 'thread state' | 'interpreter' | 'PyGILState_STATE' | 'guard' | 'view' | 'token' | 'OS thread' | 'number'

export interface CallShape {
  readonly arguments: readonly OperandKind[]
  readonly result?: OperandKind
  /** Interpreter made by the call: it gets the result's name followed by an apostrophe, `t1` being in `t1'`. */
  readonly makesInterpreter?: true
}

/** Calls a schedule may make. Names of C functions are the functions; the others are spelled out and done by the harness. */
export const calls = {
  PyGILState_Ensure: { arguments: [], result: 'PyGILState_STATE' },
  PyGILState_Release: { arguments: ['PyGILState_STATE'] },
  PyGILState_Check: { arguments: [], result: 'number' },
  PyGILState_GetThisThreadState: { arguments: [], result: 'thread state' },
  PyThreadState_New: { arguments: ['interpreter'], result: 'thread state' },
  PyThreadState_Clear: { arguments: ['thread state'] },
  PyThreadState_Delete: { arguments: ['thread state'] },
  PyThreadState_DeleteCurrent: { arguments: [] },
  PyThreadState_Get: { arguments: [], result: 'thread state' },
  PyThreadState_Swap: { arguments: ['thread state'], result: 'thread state' },
  PyEval_SaveThread: { arguments: [], result: 'thread state' },
  PyEval_RestoreThread: { arguments: ['thread state'] },
  PyEval_AcquireThread: { arguments: ['thread state'] },
  PyEval_ReleaseThread: { arguments: ['thread state'] },
  PyEval_AcquireLock: { arguments: [] },
  PyEval_ReleaseLock: { arguments: [] },
  PyEval_InitThreads: { arguments: [] },
  PyEval_ThreadsInitialized: { arguments: [], result: 'number' },
  PyInterpreterState_New: { arguments: [], result: 'interpreter' },
  PyInterpreterState_Clear: { arguments: ['interpreter'] },
  PyInterpreterState_Delete: { arguments: ['interpreter'] },
  Py_NewInterpreter: { arguments: [], result: 'thread state', makesInterpreter: true },
  /** `Py_NewInterpreterFromConfig` with a GIL of its own. */
  'new interpreter with its own GIL': { arguments: [], result: 'thread state', makesInterpreter: true },
  Py_EndInterpreter: { arguments: ['thread state'] },
  Py_Initialize: { arguments: [] },
  Py_FinalizeEx: { arguments: [] },
  Py_IsInitialized: { arguments: [], result: 'number' },
  Py_IsFinalizing: { arguments: [], result: 'number' },
  PyInterpreterGuard_FromCurrent: { arguments: [], result: 'guard' },
  PyInterpreterGuard_FromView: { arguments: ['view'], result: 'guard' },
  PyInterpreterGuard_Close: { arguments: ['guard'] },
  PyInterpreterView_FromCurrent: { arguments: [], result: 'view' },
  PyInterpreterView_FromMain: { arguments: [], result: 'view' },
  PyInterpreterView_Close: { arguments: ['view'] },
  PyThreadState_Ensure: { arguments: ['guard'], result: 'token' },
  PyThreadState_EnsureFromView: { arguments: ['view'], result: 'token' },
  PyThreadState_Release: { arguments: ['token'] },
  /** Runs a line of Python that tells in which interpreter it ran, and never asks for anything. */
  'run Python': { arguments: [], result: 'interpreter' },
  /** `_thread.start_new_thread`: a new OS thread of that name, which waits for its calls inside a Python frame. */
  'start a Python thread': { arguments: [], result: 'OS thread' },
  /** `threading.Thread(...)`, not a daemon: finalization joins it. */
  'start a threading thread': { arguments: [], result: 'OS thread' },
  /** `threading.Thread(..., daemon=True)`. */
  'start a daemon thread': { arguments: [], result: 'OS thread' },
  /** An atexit callback of the current interpreter inside which the thread waits for calls. */
  'register an atexit callback': { arguments: [] },
  /** An object in the current interpreter's module whose finalizer, run while modules are torn down, waits for calls. */
  'leave an object with a finalizer': { arguments: [] },
  /** An entry in the thread-state dictionary of the current thread state whose finalizer, run by Clear, waits for calls. */
  'leave an object in the thread state': { arguments: [] },
  /** Returns from the callback, finalizer or thread body the thread waits in. */
  return: { arguments: [] },
} as const satisfies Readonly<Record<string, CallShape>>

export type CallName = keyof typeof calls

export function shapeOf(name: CallName): CallShape {
  return calls[name]
}
