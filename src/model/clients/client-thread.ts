import type { Caller } from '../cpython/caller.ts'
import { currentFor } from '../cpython/current.ts'
import { finalize } from '../cpython/finalization/finalize.ts'
import type { FinalizationHooks } from '../cpython/finalization/hooks.ts'
import { initialize } from '../cpython/finalization/initialize.ts'
import { initThreads } from '../cpython/gil/init-threads.ts'
import { runPython } from '../cpython/gil/run-python.ts'
import { gilstateCheck } from '../cpython/gilstate/check.ts'
import { swapInterpreter } from '../cpython/gilstate/current-interpreter.ts'
import { ensure, ensureEx } from '../cpython/gilstate/ensure.ts'
import { getThisThreadState } from '../cpython/gilstate/find-thread-state.ts'
import { release, releaseEx } from '../cpython/gilstate/release.ts'
import { ensureThreadState, ensureThreadStateFromView } from '../cpython/guards/ensure-thread-state.ts'
import { releaseFinalizeBlock, tryAcquireFinalizeBlock } from '../cpython/guards/finalize-block.ts'
import { closeGuard, guardFromCurrent, guardFromView } from '../cpython/guards/guard.ts'
import { releaseThreadState } from '../cpython/guards/release-thread-state.ts'
import type { KeptToken, Token } from '../cpython/guards/token.ts'
import { isNullToken } from '../cpython/guards/token.ts'
import { closeView, viewFromCurrent, viewFromMain } from '../cpython/guards/view.ts'
import { newInterpreter, newInterpreterState } from '../cpython/interpreter/create.ts'
import { clearInterpreter, deleteInterpreter } from '../cpython/interpreter/delete.ts'
import { endInterpreter } from '../cpython/interpreter/end.ts'
import { noThreadState } from '../cpython/runtime-state.ts'
import type { StartedThread } from '../cpython/thread/start.ts'
import { bootstrapThread, startThread } from '../cpython/thread/start.ts'
import { newThreadState } from '../cpython/thread-state/create.ts'
import { clearThreadState, deleteCurrentThreadState, deleteThreadState } from '../cpython/thread-state/delete.ts'
import { getThreadState } from '../cpython/thread-state/get.ts'
import { acquireLock, releaseLock } from '../cpython/thread-state/lock.ts'
import { acquireThread, releaseThread, restoreThread, saveThread } from '../cpython/thread-state/save-and-restore.ts'
import { swapThreadState, swapToNull } from '../cpython/thread-state/swap.ts'
import type { GilstateState, Interpreter, ThreadState } from '../cpython/vocabulary.ts'
import type { Formula, Place, Term } from '../language/builder.ts'
import { assign, isNone, not } from '../language/builder.ts'
import type { Sort, TypedDomain } from '../language/domain.ts'
import { boolean } from '../language/domain.ts'
import type { Expression, Read } from '../language/expression.ts'
import type { Alternative } from '../program/program-builder.ts'
import { watchPair } from './watch-pair.ts'

/** Name of the call that is the life of a thread that Python started: its first steps, and those after its body. */
export const threadBody = 'thread body'
const startedBy = { bare: 'start a Python thread', joined: 'start a threading thread', daemon: 'start a daemon thread' } as const

/** How a client calls back into an interpreter: with the old pair, or with the calls a design adds. */
export type CallBack = (thread: ClientThread, home: Term<Interpreter>, inside?: () => void) => void

export const plainCallback: CallBack = (thread, home, inside) => void thread.callback(home, inside)
export const migratedCallback: CallBack = (thread, home, inside) => thread.migratedCallback(home, inside)

/**
 * One OS thread of a client, as the client's author sees it: the C API, and a little control flow. Every call is written down in the order
 * the program makes it. What a call returns is kept in a local of the client, so it stays good.
 */
export class ClientThread {
  readonly caller: Caller
  readonly name: string
  #kept = 0
  #loops = 0
  /** How many watched pairs the program is in. */
  #pairs = 0

  constructor(name: string, caller: Caller) {
    this.name = name
    this.caller = caller
  }

  /** `PyGILState_Ensure()`. */
  ensure(): Place<GilstateState> {
    const { gilstateState } = this.caller.runtime.vocabulary
    return this.#call('PyGILState_Ensure', [], () => this.#keep('gstate', gilstateState, ensure(this.caller)))
  }
  /** `PyGILState_Release(gstate)`. */
  release(state: Term<GilstateState>): void {
    this.#call('PyGILState_Release', [state], () => release(this.caller, state))
  }
  /**
   * A callback as SWIG, ctypes and lxml write it: Ensure, run the Python function that belongs to `home`, Release. Properties compare what
   * was attached, and what Ensure would find, before and after. Returns what Ensure returned.
   */
  callback(home: Term<Interpreter>, inside: () => void = () => undefined): Place<GilstateState> {
    return this.#watched(() => {
      const state = this.ensure()
      this.python(home)
      inside()
      this.release(state)
      return state
    })
  }
  /**
   * The same with the calls the design adds: EnsureEx, PyInterpreterState_Swap around the old pair, a view and `PyThreadState_Ensure`, or a
   * finalize block. `asksFor` is what is passed to them where the caller does not know `home` but keeps an interpreter somewhere.
   */
  migratedCallback(home: Term<Interpreter>, inside: () => void = () => undefined, asksFor: Term<Interpreter> = home): void {
    const { policy, vocabulary } = this.caller.runtime
    if (policy.guards) {
      if (policy.guardedEnsure.threadStateEnsure === 'present') this.viewedCallback(home, asksFor, inside)
      else this.blockedCallback(home, inside)
      return
    }
    this.#watched(() => {
      if (policy.ensureExLooksIn !== 'absent') {
        const state = this.#keep('gstate', vocabulary.gilstateState, ensureEx(this.caller, asksFor))
        this.python(home)
        inside()
        if (policy.releaseEx === 'present') releaseEx(this.caller, asksFor, state)
        else release(this.caller, state)
        return
      }
      const before = this.swapInterpreter(asksFor)
      const state = this.ensure()
      this.python(home)
      inside()
      this.release(state)
      this.swapInterpreter(before)
    })
  }
  /** `PyInterpreterState_Swap(interpreter)`, in the design that has it. */
  swapInterpreter(interpreter: Term<Interpreter>): Place<Interpreter> {
    return this.#keep('old interpreter', this.caller.runtime.vocabulary.interpreterOrNone, swapInterpreter(this.caller, interpreter))
  }

  saveThread(): Place<ThreadState> {
    return this.#call('PyEval_SaveThread', [], () => this.#keepThreadState('save', saveThread(this.caller)))
  }
  restoreThread(threadState: Term<ThreadState>): void {
    this.#call('PyEval_RestoreThread', [threadState], () => restoreThread(this.caller, threadState))
  }
  acquireThread(threadState: Term<ThreadState>): void {
    this.#call('PyEval_AcquireThread', [threadState], () => acquireThread(this.caller, threadState))
  }
  releaseThread(threadState: Term<ThreadState>): void {
    this.#call('PyEval_ReleaseThread', [threadState], () => releaseThread(this.caller, threadState))
  }
  acquireLock(): void {
    this.#call('PyEval_AcquireLock', [], () => acquireLock(this.caller))
  }
  releaseLock(): void {
    this.#call('PyEval_ReleaseLock', [], () => releaseLock(this.caller))
  }
  /** `PyThreadState_Swap(threadState)`; returns what was current. */
  swap(threadState: Term<ThreadState>): Place<ThreadState> {
    return this.#call('PyThreadState_Swap', [threadState], () => this.#keepThreadState('old', swapThreadState(this.caller, threadState)))
  }
  /** `PyThreadState_Swap(NULL)`. */
  swapNull(): Place<ThreadState> {
    const nothing = noThreadState(this.caller.runtime)
    return this.#call('PyThreadState_Swap', [nothing], () => this.#keepThreadState('old', swapToNull(this.caller)))
  }
  newThreadState(interpreter: Term<Interpreter>): Place<ThreadState> {
    return this.#call('PyThreadState_New', [interpreter], () => this.#keepThreadState('made', newThreadState(this.caller, interpreter)))
  }
  clear(threadState: Term<ThreadState>): void {
    this.#call('PyThreadState_Clear', [threadState], () => clearThreadState(this.caller, threadState))
  }
  delete(threadState: Term<ThreadState>): void {
    this.#call('PyThreadState_Delete', [threadState], () => deleteThreadState(this.caller, threadState))
  }
  deleteCurrent(): void {
    this.#call('PyThreadState_DeleteCurrent', [], () => deleteCurrentThreadState(this.caller))
  }
  /** `PyThreadState_Get()`. */
  get(): Place<ThreadState> {
    return this.#call('PyThreadState_Get', [], () => this.#keepThreadState('current', getThreadState(this.caller)))
  }
  /** `PyThreadState_GetUnchecked()` (3.13, `_PyThreadState_UncheckedGet` and the variable itself before): NULL when nothing is current. */
  getUnchecked(): Place<ThreadState> {
    return this.#keepThreadState('current', currentFor(this.caller))
  }
  /** `PyGILState_GetThisThreadState()`. */
  getThisThreadState(): Place<ThreadState> {
    return this.#call('PyGILState_GetThisThreadState', [], () => this.#keepThreadState('this', getThisThreadState(this.caller)))
  }
  check(): Place<'boolean'> {
    return this.#call('PyGILState_Check', [], () => gilstateCheck(this.caller))
  }
  /** `Py_NewInterpreter()`, or `Py_NewInterpreterFromConfig` that asks for a GIL of its own (3.12). */
  newInterpreter(interpreter: Term<Interpreter>, options: { readonly ownGil?: boolean } = {}): Place<ThreadState> {
    const { ownGil = false } = options
    const name = ownGil ? 'new interpreter with its own GIL' : 'Py_NewInterpreter'
    return this.#call(name, [], () => this.#keepThreadState('new', newInterpreter(this.caller, interpreter, ownGil)), interpreter)
  }
  endInterpreter(threadState: Term<ThreadState>, hooks: FinalizationHooks = {}): void {
    this.#call('Py_EndInterpreter', [threadState], () => endInterpreter(this.caller, threadState, hooks))
  }
  /** `PyInterpreterState_New()`: an interpreter without thread states. */
  newInterpreterState(interpreter: Term<Interpreter>): void {
    this.#call('PyInterpreterState_New', [], () => newInterpreterState(this.caller, interpreter), interpreter)
  }
  /** `PyInterpreterState_Clear(interpreter)`. */
  clearInterpreterState(interpreter: Term<Interpreter>): void {
    this.#call('PyInterpreterState_Clear', [interpreter], () => clearInterpreter(this.caller, interpreter))
  }
  /** `PyInterpreterState_Delete(interpreter)`. */
  deleteInterpreterState(interpreter: Term<Interpreter>): void {
    this.#call('PyInterpreterState_Delete', [interpreter], () => deleteInterpreter(this.caller, interpreter))
  }
  /** `Py_FinalizeEx()`, in a scenario that finalizes. */
  finalize(hooks: FinalizationHooks = {}): void {
    this.#call('Py_FinalizeEx', [], () => finalize(this.caller, hooks))
  }
  /** `Py_Initialize()`, in a scenario with a second life. */
  initialize(): void {
    this.#call('Py_Initialize', [], () => initialize(this.caller))
  }
  /** `Py_IsInitialized()`, in a scenario that finalizes. */
  isInitialized(): Place<'boolean'> {
    return this.#keep('initialized', boolean, this.caller.runtime.finalization.isInitialized.at())
  }
  /** `Py_IsFinalizing()` (3.13, `_Py_IsFinalizing` before): also true when finalization is over, until the next life. */
  isFinalizing(): Place<'boolean'> {
    const { finalization, vocabulary } = this.caller.runtime
    return this.#keep('finalizing', boolean, not(isNone(finalization.finalizing.at(), vocabulary.threadStateOrNone)))
  }
  /** `PyEval_InitThreads()`. */
  initThreads(): void {
    this.#call('PyEval_InitThreads', [], () => initThreads(this.caller))
  }
  /** `PyInterpreterGuard_FromCurrent()`: the guarded interpreter, or none with an exception. */
  guardFromCurrent(): Place<Interpreter> {
    return this.#call('PyInterpreterGuard_FromCurrent', [], () => this.#keepInterpreter('guard', guardFromCurrent(this.caller)))
  }
  /** `PyInterpreterGuard_FromView(view)`: the guarded interpreter, or none. */
  guardFromView(view: Term<Interpreter>): Place<Interpreter> {
    return this.#call('PyInterpreterGuard_FromView', [view], () => this.#keepInterpreter('guard', guardFromView(this.caller, view)))
  }
  closeGuard(guard: Term<Interpreter>): void {
    this.#call('PyInterpreterGuard_Close', [guard], () => closeGuard(this.caller, guard))
  }
  /** `PyInterpreterView_FromCurrent()`. */
  viewFromCurrent(): Place<Interpreter> {
    return this.#call('PyInterpreterView_FromCurrent', [], () => this.#keepInterpreter('view', viewFromCurrent(this.caller)))
  }
  /** `PyInterpreterView_FromMain()`. */
  viewFromMain(): Place<Interpreter> {
    return this.#call('PyInterpreterView_FromMain', [], () => this.#keepInterpreter('view', viewFromMain(this.caller)))
  }
  /** `PyInterpreterView_Close(view)`. */
  closeView(view: Term<Interpreter>): void {
    this.#call('PyInterpreterView_Close', [view], () => closeView(this.caller, view))
  }
  /** `PyThreadState_Ensure(guard)`. */
  ensureThreadState(guard: Term<Interpreter>): KeptToken {
    return this.#call('PyThreadState_Ensure', [guard], () => this.#keepToken(ensureThreadState(this.caller, guard)))
  }
  /** `PyThreadState_EnsureFromView(view)`; NULL where the guard is refused. */
  ensureThreadStateFromView(view: Term<Interpreter>): KeptToken {
    return this.#call('PyThreadState_EnsureFromView', [view], () => this.#keepToken(ensureThreadStateFromView(this.caller, view)))
  }
  /** `PyThreadState_Release(token)`. */
  releaseThreadState(token: Token): void {
    this.#call('PyThreadState_Release', [token.before], () => releaseThreadState(this.caller, token))
  }
  /** The token is NULL: there was no guard to be had. */
  isNullToken(token: Token): Formula {
    return isNullToken(this.caller.runtime, token)
  }
  /**
   * A callback around `PyThreadState_Ensure(guard)` and Release, watched as `callback` is. Where Ensure takes the guard over, it is not the
   * caller's any more.
   */
  guardedCallback(home: Term<Interpreter>, guard: Term<Interpreter>, inside: () => void = () => undefined): void {
    this.#watched(() => {
      const token = this.ensureThreadState(guard)
      this.python(home)
      inside()
      this.releaseThreadState(token)
    })
  }
  /**
   * The same for a view: with `PyThreadState_EnsureFromView`, or with a guard of the caller's own where there is no such function. Nothing
   * is run where the guard is refused.
   */
  viewedCallback(home: Term<Interpreter>, view: Term<Interpreter>, inside: () => void = () => undefined): void {
    const { policy, vocabulary } = this.caller.runtime
    if (policy.guardedEnsure.fromView === 'absent') {
      const guard = this.guardFromView(view)
      this.when(not(isNone(guard, vocabulary.interpreterOrNone)), () => {
        this.guardedCallback(home, guard, inside)
        if (!policy.guardedEnsure.takesOverTheGuard) this.closeGuard(guard)
      })
      return
    }
    this.#watched(() => {
      const token = this.ensureThreadStateFromView(view)
      this.when(not(this.isNullToken(token)), () => {
        this.python(home)
        inside()
        this.releaseThreadState(token)
      })
    })
  }
  /** A plain callback inside a finalize block (pull request 28525); nothing is run where the block is refused. */
  blockedCallback(home: Term<Interpreter>, inside?: () => void): void {
    const block = this.#keepInterpreter('block', tryAcquireFinalizeBlock(this.caller))
    this.when(not(isNone(block, this.caller.runtime.vocabulary.interpreterOrNone)), () => {
      this.callback(home, inside)
      releaseFinalizeBlock(this.caller)
    })
  }

  /** `_thread.start_new_thread` or `threading.Thread` in this interpreter; `boot` is where the new thread finds its thread state. */
  startThread(interpreter: Term<Interpreter>, boot: Place<ThreadState>, options?: { readonly kind: StartedThread }): void {
    const name = startedBy[options?.kind ?? 'bare']
    this.#call(name, [boot], () => startThread(this.caller, interpreter, boot, options), interpreter)
  }
  /** The whole life of a thread that was started from Python. */
  asStartedThread(boot: Place<ThreadState>, body: (own: Place<ThreadState>) => void): void {
    const { program } = this.caller
    const run = (own: Place<ThreadState>): void => program.call(undefined, () => body(own))
    this.#call(threadBody, [boot], () => bootstrapThread(this.caller, boot, run))
  }
  /** Runs Python code that belongs to this interpreter. */
  python(home: Term<Interpreter>): void {
    this.#call('run Python', [], () => runPython(this.caller, home), home)
  }

  repeat(times: number, body: () => void): void {
    this.#loops += 1
    this.caller.program.repeat(`round ${this.#loops}`, times, body)
  }
  choose(...alternatives: readonly Alternative[]): void {
    this.caller.program.choose(alternatives)
  }
  when(condition: Formula, then: () => void, otherwise?: () => void): void {
    this.caller.program.when(condition, then, otherwise)
  }
  loop(condition: Formula, body: () => void): void {
    this.caller.program.loop(condition, body)
  }
  /** A thread-local variable of the client. */
  local<S extends Sort>(name: string, domain: TypedDomain<S>): Place<S> {
    return this.caller.program.local(name, domain)
  }
  /** `place = term` in the client's own code. */
  set<S extends Sort>(place: Place<S>, term: Term<NoInfer<S>>, says?: string): void {
    if (says === undefined) this.caller.program.quietly([assign(place, term)])
    else this.caller.program.step(says, undefined, [assign(place, term)])
  }
  /** Blocks until the client's own condition holds. */
  waitUntil(condition: Formula, says: string): void {
    this.caller.program.step(says, undefined, { waitsFor: condition })
  }

  /** Writes a call down for what it is: its name and its operands, and where its result is kept. */
  #call<Result>(name: string, operands: readonly Expression[], body: () => Result, interpreter?: Expression): Result {
    const begun = { name, arguments: operands, ...(interpreter === undefined ? {} : { interpreter }) }
    return this.caller.program.call(begun, body, (result) => keptIn(result as Read | KeptToken | undefined))
  }
  #watched<Result>(pair: () => Result): Result {
    this.#pairs += 1
    const result = watchPair(this.caller, this.#pairs, pair)
    this.#pairs -= 1
    return result
  }
  #keepToken({ before, isSentinel }: Token): KeptToken {
    return { before: this.#keepThreadState('token', before), isSentinel: this.#keep('sentinel', boolean, isSentinel) }
  }
  #keepInterpreter(name: string, place: Place<Interpreter>): Place<Interpreter> {
    return this.#keep(name, this.caller.runtime.vocabulary.interpreterOrNone, place)
  }
  #keepThreadState(name: string, place: Term<ThreadState>): Place<ThreadState> {
    return this.#keep(name, this.caller.runtime.vocabulary.threadStateOrNone, place)
  }
  #keep<S extends Sort>(name: string, domain: TypedDomain<S>, place: Term<S>): Place<S> {
    this.#kept += 1
    return this.caller.program.keep(`${name} ${this.#kept}`, domain, place as Term<NoInfer<S>>)
  }
}

/** Where what a call returned is kept, if anything was; the thread state of a token stands for it. */
function keptIn(result: Read | KeptToken | undefined): Read | undefined {
  return result !== undefined && 'before' in result ? result.before : result
}
