import type { Caller } from '../cpython/caller.ts'
import { runPython } from '../cpython/gil/run-python.ts'
import { gilstateCheck } from '../cpython/gilstate/check.ts'
import { swapInterpreter } from '../cpython/gilstate/current-interpreter.ts'
import { ensure, ensureEx } from '../cpython/gilstate/ensure.ts'
import { getThisThreadState } from '../cpython/gilstate/find-thread-state.ts'
import { release, releaseEx } from '../cpython/gilstate/release.ts'
import { newInterpreter } from '../cpython/interpreter/create.ts'
import { endInterpreter } from '../cpython/interpreter/end.ts'
import { bootstrapThread, startThread } from '../cpython/thread/start.ts'
import { newThreadState } from '../cpython/thread-state/create.ts'
import { clearThreadState, deleteCurrentThreadState, deleteThreadState } from '../cpython/thread-state/delete.ts'
import { getThreadState } from '../cpython/thread-state/get.ts'
import { acquireLock, releaseLock } from '../cpython/thread-state/lock.ts'
import { acquireThread, releaseThread, restoreThread, saveThread } from '../cpython/thread-state/save-and-restore.ts'
import { swapIn, swapOut } from '../cpython/thread-state/swap.ts'
import type { GilstateState, Interpreter, ThreadState } from '../cpython/vocabulary.ts'
import type { Formula, Place, Term } from '../language/builder.ts'
import { assign } from '../language/builder.ts'
import type { Sort, TypedDomain } from '../language/domain.ts'
import type { Alternative } from '../program/program-builder.ts'
import { watchPair } from './watch-pair.ts'

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
    return this.#keep('gstate', this.caller.runtime.vocabulary.gilstateState, ensure(this.caller))
  }
  /** `PyGILState_Release(gstate)`. */
  release(state: Term<GilstateState>): void {
    release(this.caller, state)
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
   * The same with the calls the design adds: EnsureEx, or PyInterpreterState_Swap around the old pair. `asksFor` is what is passed to them
   * where the caller does not know `home` but keeps an interpreter somewhere.
   */
  migratedCallback(home: Term<Interpreter>, inside: () => void = () => undefined, asksFor: Term<Interpreter> = home): void {
    const { policy, vocabulary } = this.caller.runtime
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
    return this.#keepThreadState('save', saveThread(this.caller))
  }
  restoreThread(threadState: Term<ThreadState>): void {
    restoreThread(this.caller, threadState)
  }
  acquireThread(threadState: Term<ThreadState>): void {
    acquireThread(this.caller, threadState)
  }
  releaseThread(threadState: Term<ThreadState>): void {
    releaseThread(this.caller, threadState)
  }
  acquireLock(): void {
    acquireLock(this.caller)
  }
  releaseLock(): void {
    releaseLock(this.caller)
  }
  /** `PyThreadState_Swap(threadState)`; returns what was current. */
  swap(threadState: Term<ThreadState>): Place<ThreadState> {
    return this.#keepThreadState('old', swapIn(this.caller, threadState, 'the client'))
  }
  /** `PyThreadState_Swap(NULL)`. */
  swapNull(): Place<ThreadState> {
    return this.#keepThreadState('old', swapOut(this.caller, 'PyThreadState_Swap'))
  }
  newThreadState(interpreter: Term<Interpreter>): Place<ThreadState> {
    return this.#keepThreadState('made', newThreadState(this.caller, interpreter))
  }
  clear(threadState: Term<ThreadState>): void {
    clearThreadState(this.caller, threadState)
  }
  delete(threadState: Term<ThreadState>): void {
    deleteThreadState(this.caller, threadState)
  }
  deleteCurrent(): void {
    deleteCurrentThreadState(this.caller)
  }
  /** `PyThreadState_Get()`. */
  get(): Place<ThreadState> {
    return this.#keepThreadState('current', getThreadState(this.caller))
  }
  /** `PyGILState_GetThisThreadState()`. */
  getThisThreadState(): Place<ThreadState> {
    return this.#keepThreadState('this', getThisThreadState(this.caller))
  }
  check(): Place<'boolean'> {
    return gilstateCheck(this.caller)
  }
  newInterpreter(interpreter: Term<Interpreter>): Place<ThreadState> {
    return this.#keepThreadState('new', newInterpreter(this.caller, interpreter))
  }
  endInterpreter(threadState: Term<ThreadState>): void {
    endInterpreter(this.caller, threadState)
  }
  /** `_thread.start_new_thread` in this interpreter; `boot` is where the new thread finds its thread state. */
  startThread(interpreter: Term<Interpreter>, boot: Place<ThreadState>): void {
    startThread(this.caller, interpreter, boot)
  }
  /** The whole life of a thread that was started from Python. */
  asStartedThread(boot: Place<ThreadState>, body: (own: Place<ThreadState>) => void): void {
    bootstrapThread(this.caller, boot, body)
  }
  /** Runs Python code that belongs to this interpreter. */
  python(home: Term<Interpreter>): void {
    runPython(this.caller, home)
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

  #watched<Result>(pair: () => Result): Result {
    this.#pairs += 1
    const result = watchPair(this.caller, this.#pairs, pair)
    this.#pairs -= 1
    return result
  }
  #keepThreadState(name: string, place: Place<ThreadState>): Place<ThreadState> {
    return this.#keep(name, this.caller.runtime.vocabulary.threadStateOrNone, place)
  }
  #keep<S extends Sort>(name: string, domain: TypedDomain<S>, place: Place<S>): Place<S> {
    this.#kept += 1
    return this.caller.program.keep(`${name} ${this.#kept}`, domain, place as Term<NoInfer<S>>)
  }
}
