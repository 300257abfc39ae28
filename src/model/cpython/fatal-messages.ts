import type { Policy } from './policy.ts'

/** Words of a fatal error since each release that changed them; what is not there keeps the words before. */
interface Wording {
  readonly 'of-3.2': string
  readonly 'of-3.9'?: string
  readonly 'of-3.12'?: string
}

const released: Policy['messages'][] = ['of-3.2', 'of-3.9', 'of-3.12']

const needsTheGil = 'the function must be called with the GIL held, but the GIL is released (the current Python thread state is NULL)'
const needsAThreadState =
  'the function must be called with the GIL held, after Python initialization and before Python finalization, but the GIL is released (the current Python thread state is NULL)'
const withoutAThreadState = { 'of-3.9': needsTheGil, 'of-3.12': needsAThreadState }

/**
 * Every fatal error of the API, word for word, without the `Fatal Python error: ` and the function's name that CPython prints before it
 * (the name is part of the words up to 3.8). Addresses are left out. Python/pystate.c, Python/ceval.c, Python/ceval_gil.h,
 * Python/pylifecycle.c of 3.2 to 3.15.
 */
const wordings = {
  'take_gil: NULL': { 'of-3.2': 'take_gil: NULL tstate', ...withoutAThreadState },
  'drop_gil: not locked': { 'of-3.2': 'drop_gil: GIL is not locked' },
  'AcquireLock: NULL': { 'of-3.2': 'PyEval_AcquireLock: current thread state is NULL', ...withoutAThreadState },
  'AcquireThread: NULL': { 'of-3.2': 'PyEval_AcquireThread: NULL new thread state', ...withoutAThreadState },
  'AcquireThread: attached': { 'of-3.2': 'PyEval_AcquireThread: non-NULL old thread state', 'of-3.9': 'non-NULL old thread state' },
  'attach: attached': { 'of-3.2': 'non-NULL old thread state' },
  'ReleaseThread: NULL': { 'of-3.2': 'PyEval_ReleaseThread: NULL thread state' },
  'ReleaseThread: wrong': { 'of-3.2': 'PyEval_ReleaseThread: wrong thread state', 'of-3.9': 'wrong thread state' },
  'RestoreThread: NULL': { 'of-3.2': 'PyEval_RestoreThread: NULL tstate', ...withoutAThreadState },
  'SaveThread: NULL': { 'of-3.2': 'PyEval_SaveThread: NULL tstate', ...withoutAThreadState },
  'ceval: mix-up': { 'of-3.2': 'ceval: tstate mix-up', 'of-3.9': 'tstate mix-up' },
  'ceval: orphan': { 'of-3.2': 'ceval: orphan tstate', 'of-3.9': 'orphan tstate' },
  'Get: NULL': { 'of-3.2': 'PyThreadState_Get: no current thread', ...withoutAThreadState },
  'Release: no thread state': { 'of-3.2': 'auto-releasing thread-state, but no thread-state for this thread' },
  'Release: not current': {
    'of-3.2': 'This thread state must be current when releasing',
    'of-3.9': 'thread state must be current when releasing',
  },
  'Swap: second thread state': { 'of-3.2': 'Invalid thread state for this thread' },
  'Delete: current': { 'of-3.2': 'PyThreadState_Delete: tstate is still current', 'of-3.9': 'tstate is still current' },
  'Delete: NULL': { 'of-3.2': 'PyThreadState_Delete: NULL tstate', ...withoutAThreadState },
  'DeleteCurrent: NULL': { 'of-3.2': 'PyThreadState_DeleteCurrent: no current tstate', ...withoutAThreadState },
  'New: memory is used': { 'of-3.2': 'thread state already initialized' },
  'InterpreterDelete: sub-interpreters': {
    'of-3.2': 'PyInterpreterState_Delete: remaining subinterpreters',
    'of-3.9': 'remaining subinterpreters',
  },
  'NewInterpreter: not initialized': { 'of-3.2': 'Py_NewInterpreter: call Py_Initialize first' },
  'NewInterpreter: status': { 'of-3.2': 'Py_Initialize must be called first' },
  'EndInterpreter: not current': { 'of-3.2': 'Py_EndInterpreter: thread is not current', 'of-3.9': 'thread is not current' },
  'EndInterpreter: not the last': { 'of-3.2': 'Py_EndInterpreter: not the last thread', 'of-3.9': 'not the last thread' },
  'ThreadState_Release: too many': { 'of-3.2': 'PyThreadState_Release() called more times than PyThreadState_Ensure()' },
  'allocator: no GIL': { 'of-3.2': 'Python memory allocator called without holding the GIL' },
  'ThreadState_Release: NULL': { 'of-3.2': needsAThreadState },
} as const satisfies Readonly<Record<string, Wording>>

export type FatalError = keyof typeof wordings

/** The words that any release has for the same fatal error; only these where it is none of ours. */
export function wordsOfEveryRelease(message: string): readonly string[] {
  const known = Object.values(wordings).find((wording) => Object.values<string>(wording).includes(message))
  return known === undefined ? [message] : [...new Set(Object.values<string>(known))]
}

/** The words of this fatal error in the releases that a policy speaks like. */
export function fatalMessage({ messages }: Policy, error: FatalError): string {
  const wording: Wording = wordings[error]
  const until = released.slice(0, released.indexOf(messages) + 1)
  return until.reduce<string>((words, release) => wording[release] ?? words, wording['of-3.2'])
}
