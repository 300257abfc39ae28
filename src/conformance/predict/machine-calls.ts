import type { ClientThread } from '../../model/clients/client-thread.ts'
import { currentFor } from '../../model/cpython/current.ts'
import { noInterpreter } from '../../model/cpython/runtime-state.ts'
import type { Interpreter, ThreadState } from '../../model/cpython/vocabulary.ts'
import type { Formula, Place, Term } from '../../model/language/builder.ts'
import { conditional, equal, integer, isNone, literal } from '../../model/language/builder.ts'
import type { CallName } from '../schedule/calls.ts'

/** What a call of the machine is given and where it leaves what it returns. */
export interface CallSite {
  readonly thread: ClientThread
  /** The operand as a number, as a thread state, and as an interpreter. */
  readonly number: Place<'integer'>
  readonly threadState: Term<ThreadState>
  readonly interpreter: Term<Interpreter>
  /** The guard or view that the operand names; the token. */
  readonly guarded: Term<Interpreter>
  readonly resultNumber: Place<'integer'>
  readonly resultThreadState: Place<ThreadState>
  readonly resultInterpreter: Place<Interpreter>
  /** Where a Python thread finds its thread state. */
  readonly boot: Place<ThreadState>
}

export type WriteCall = (site: CallSite) => void

/** How each call of a schedule is made in the model. What is not here, the machine cannot do. */
export const machineCalls: { readonly [Name in CallName]?: WriteCall } = {
  PyGILState_Ensure: (site) => {
    const state = site.thread.ensure()
    giveNumber(site, conditional(equal(state, unlocked(site)), integer(1), integer(0)))
  },
  PyGILState_Release: ({ thread, number }) => {
    const { gilstateState } = thread.caller.runtime.vocabulary
    thread.release(conditional(equal(number, integer(1)), literal(gilstateState, 1), literal(gilstateState, 0)))
  },
  PyGILState_Check: (site) => giveBoolean(site, site.thread.check()),
  PyGILState_GetThisThreadState: (site) => giveThreadState(site, site.thread.getThisThreadState()),
  PyThreadState_New: (site) => giveThreadState(site, site.thread.newThreadState(site.interpreter)),
  PyThreadState_Clear: ({ thread, threadState }) => thread.clear(threadState),
  PyThreadState_Delete: ({ thread, threadState }) => thread.delete(threadState),
  PyThreadState_DeleteCurrent: ({ thread }) => thread.deleteCurrent(),
  PyThreadState_Get: (site) => giveThreadState(site, site.thread.get()),
  PyThreadState_Swap: (site) => {
    const { thread, threadState } = site
    thread.when(
      isNone(threadState, thread.caller.runtime.vocabulary.threadStateOrNone),
      () => giveThreadState(site, thread.swapNull()),
      () => giveThreadState(site, thread.swap(threadState)),
    )
  },
  PyEval_SaveThread: (site) => giveThreadState(site, site.thread.saveThread()),
  PyEval_RestoreThread: ({ thread, threadState }) => thread.restoreThread(threadState),
  PyEval_AcquireThread: ({ thread, threadState }) => thread.acquireThread(threadState),
  PyEval_ReleaseThread: ({ thread, threadState }) => thread.releaseThread(threadState),
  PyEval_AcquireLock: ({ thread }) => thread.acquireLock(),
  PyEval_ReleaseLock: ({ thread }) => thread.releaseLock(),
  Py_NewInterpreter: (site) => {
    const made = site.thread.newInterpreter(site.interpreter)
    startUp(site)
    giveThreadState(site, made)
  },
  Py_EndInterpreter: ({ thread, threadState }) => thread.endInterpreter(threadState),
  'run Python': (site) => {
    const { thread, resultInterpreter } = site
    const { runtime } = thread.caller
    const current = currentFor(thread.caller)
    const here = runtime.threadStates.interpreter.at(current)
    thread.set(resultInterpreter, conditional(isNone(current, runtime.vocabulary.threadStateOrNone), noInterpreter(runtime), here))
    thread.python(runtime.main)
  },
  'start a Python thread': ({ thread, boot }) => {
    const { runtime } = thread.caller
    thread.startThread(runtime.threadStates.interpreter.at(currentFor(thread.caller)), boot)
  },
}

/** Start-up code of an interpreter reads files, and so lets the GIL go and takes it back. */
function startUp({ thread }: CallSite): void {
  thread.restoreThread(thread.saveThread())
}

function giveThreadState({ thread, resultThreadState }: CallSite, value: Term<ThreadState>): void {
  thread.set(resultThreadState, value)
}
function giveNumber({ thread, resultNumber }: CallSite, value: Term<'integer'>): void {
  thread.set(resultNumber, value)
}
function giveBoolean(site: CallSite, value: Formula): void {
  giveNumber(site, conditional(value, integer(1), integer(0)))
}
function unlocked({ thread }: CallSite) {
  return literal(thread.caller.runtime.vocabulary.gilstateState, 1)
}
