import type { ClientThread } from '../../model/clients/client-thread.ts'
import { dereferences } from '../../model/cpython/caller.ts'
import { currentFor } from '../../model/cpython/current.ts'
import { allocates } from '../../model/cpython/debug.ts'
import type { FinalizationHooks } from '../../model/cpython/finalization/hooks.ts'
import { noInterpreter } from '../../model/cpython/runtime-state.ts'
import type { StartedThread } from '../../model/cpython/thread/start.ts'
import type { Interpreter, ThreadState } from '../../model/cpython/vocabulary.ts'
import type { Formula, Place, Term } from '../../model/language/builder.ts'
import { assign, conditional, equal, integer, isNone, literal, not, truth } from '../../model/language/builder.ts'
import type { CallName } from '../schedule/calls.ts'

/** What a call of the machine is given and where it leaves what it returns. */
export interface CallSite {
  readonly thread: ClientThread
  /** The operand as a number, as a thread state, as an interpreter, as what a guard or view speaks of, and as a token. */
  readonly number: Place<'integer'>
  readonly threadState: Term<ThreadState>
  readonly interpreter: Term<Interpreter>
  readonly guarded: Term<Interpreter>
  readonly isSentinel: Formula
  readonly resultNumber: Place<'integer'>
  readonly resultThreadState: Place<ThreadState>
  readonly resultInterpreter: Place<Interpreter>
  readonly resultIsSentinel: Place<'boolean'>
  /** Where a Python thread finds its thread state. */
  readonly boot: Place<ThreadState>
  readonly pythonThreadRuns: Place<'boolean'>
  readonly hasAtexitCallback: Place<'boolean'>
  readonly hasFinalizer: Place<'boolean'>
  /** Where the thread waits for calls inside finalization. */
  readonly hooks: FinalizationHooks
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
  PyEval_InitThreads: ({ thread }) => thread.initThreads(),
  PyEval_ThreadsInitialized: (site) => giveBoolean(site, gilWasCreated(site.thread)),
  PyInterpreterState_New: (site) => {
    site.thread.newInterpreterState(site.interpreter)
    site.thread.set(site.resultInterpreter, site.interpreter)
  },
  PyInterpreterState_Clear: ({ thread, interpreter }) => thread.clearInterpreterState(interpreter),
  PyInterpreterState_Delete: ({ thread, interpreter }) => thread.deleteInterpreterState(interpreter),
  Py_NewInterpreter: (site) => makeInterpreter(site, false),
  'new interpreter with its own GIL': (site) => makeInterpreter(site, true),
  Py_EndInterpreter: ({ thread, threadState, hooks }) => {
    const { program, runtime } = thread.caller
    // Calls inside its callbacks have operands of their own.
    thread.endInterpreter(program.keep('tstate', runtime.vocabulary.threadStateOrNone, threadState), hooks)
  },
  Py_Initialize: ({ thread }) => thread.initialize(),
  Py_FinalizeEx: ({ thread, hooks }) => thread.finalize(hooks),
  Py_IsInitialized: (site) => giveBoolean(site, site.thread.isInitialized()),
  Py_IsFinalizing: (site) => giveBoolean(site, site.thread.isFinalizing()),
  PyInterpreterGuard_FromCurrent: (site) => site.thread.set(site.resultInterpreter, site.thread.guardFromCurrent()),
  PyInterpreterGuard_FromView: (site) => site.thread.set(site.resultInterpreter, site.thread.guardFromView(site.guarded)),
  PyInterpreterGuard_Close: ({ thread, guarded }) => thread.closeGuard(guarded),
  PyInterpreterView_FromCurrent: (site) => site.thread.set(site.resultInterpreter, site.thread.viewFromCurrent()),
  PyInterpreterView_FromMain: (site) => site.thread.set(site.resultInterpreter, site.thread.viewFromMain()),
  PyInterpreterView_Close: ({ thread, guarded }) => thread.closeView(guarded),
  PyThreadState_Ensure: (site) => giveToken(site, site.thread.ensureThreadState(site.guarded)),
  PyThreadState_EnsureFromView: (site) => giveToken(site, site.thread.ensureThreadStateFromView(site.guarded)),
  PyThreadState_Release: ({ thread, threadState, isSentinel }) => thread.releaseThreadState({ before: threadState, isSentinel }),
  'run Python': (site) => {
    const { thread, resultInterpreter } = site
    const { runtime } = thread.caller
    const current = currentFor(thread.caller)
    const isDetached = isNone(current, runtime.vocabulary.threadStateOrNone)
    thread.set(resultInterpreter, conditional(isDetached, noInterpreter(runtime), runtime.threadStates.interpreter.at(current)))
    thread.python(runtime.main)
  },
  'start a Python thread': (site) => startThread(site, 'bare'),
  'start a threading thread': (site) => startThread(site, 'joined'),
  'start a daemon thread': (site) => startThread(site, 'daemon'),
  'register an atexit callback': ({ thread, hasAtexitCallback }) => {
    runsPythonCode(thread)
    thread.set(hasAtexitCallback, truth)
  },
  'leave an object with a finalizer': ({ thread, hasFinalizer }) => {
    runsPythonCode(thread)
    thread.set(hasFinalizer, truth)
  },
}

/** Calls that need what only some releases have. */
export const callsOfGuards: readonly CallName[] = [
  'PyInterpreterGuard_FromCurrent',
  'PyInterpreterGuard_FromView',
  'PyInterpreterGuard_Close',
  'PyInterpreterView_FromCurrent',
  'PyInterpreterView_FromMain',
  'PyInterpreterView_Close',
  'PyThreadState_Ensure',
  'PyThreadState_EnsureFromView',
  'PyThreadState_Release',
]

/** `gil_created()`: since 3.12 that of the main interpreter, if there is one. */
function gilWasCreated({ caller: { runtime } }: ClientThread): Formula {
  if (runtime.createsTheGil) return runtime.gilExists.at()
  if (runtime.policy.gils === 'one') return truth
  return not(isNone(runtime.finalization.autoInterpreter.at(), runtime.vocabulary.interpreterOrNone))
}

/** What Python code needs: a thread state that is there, and memory. */
function runsPythonCode({ caller }: ClientThread): void {
  allocates(caller)
  caller.program.step('runs Python code', undefined, { aborts: dereferences(caller, currentFor(caller)) })
}

/** Start-up code of an interpreter reads files, and so lets the GIL go and takes it back. */
function makeInterpreter(site: CallSite, ownGil: boolean): void {
  const { thread } = site
  const made = thread.newInterpreter(site.interpreter, { ownGil })
  const isThere = not(isNone(made, thread.caller.runtime.vocabulary.threadStateOrNone))
  thread.when(isThere, () => thread.restoreThread(thread.saveThread()))
  giveThreadState(site, made)
}

/** `threading.Thread.start` waits until the new thread runs, without the GIL; `_thread.start_new_thread` does not. */
function startThread({ thread, boot, pythonThreadRuns }: CallSite, kind: StartedThread): void {
  const { runtime } = thread.caller
  runsPythonCode(thread)
  thread.startThread(runtime.threadStates.interpreter.at(currentFor(thread.caller)), boot, { kind })
  if (kind === 'bare') return
  const saved = thread.saveThread()
  thread.waitUntil(pythonThreadRuns, 'waits until the thread runs')
  thread.restoreThread(saved)
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
function giveToken(
  { thread, resultThreadState, resultIsSentinel }: CallSite,
  token: { before: Term<ThreadState>; isSentinel: Formula },
): void {
  thread.caller.program.quietly([assign(resultThreadState, token.before), assign(resultIsSentinel, token.isSentinel)])
}
function unlocked({ thread }: CallSite) {
  return literal(thread.caller.runtime.vocabulary.gilstateState, 1)
}
