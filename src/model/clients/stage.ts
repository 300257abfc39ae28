import type { Bounds } from '../cpython/bounds.ts'
import type { RuntimeState } from '../cpython/runtime-state.ts'
import { osThreadAt } from '../cpython/runtime-state.ts'
import type { Interpreter, ThreadState } from '../cpython/vocabulary.ts'
import type { Place, Term } from '../language/builder.ts'
import { literal, truth, variable } from '../language/builder.ts'
import type { Sort, TypedDomain } from '../language/domain.ts'
import { boolean } from '../language/domain.ts'
import type { Variable } from '../language/variable.ts'
import type { Program } from '../program/program-builder.ts'
import { ProgramBuilder } from '../program/program-builder.ts'
import { ClientThread } from './client-thread.ts'

/**
 * Where a client plays: the OS threads and interpreters of the bounds. The main thread starts attached, as `Py_Initialize` leaves it, and
 * sets the scene; the other threads act.
 */
export class Stage {
  readonly bounds: Bounds
  readonly runtime: RuntimeState
  readonly main: ClientThread
  /** The acting threads. */
  readonly threads: readonly ClientThread[]
  readonly #shared: Variable[] = []

  constructor(bounds: Bounds, runtime: RuntimeState) {
    this.bounds = bounds
    this.runtime = runtime
    const [main, ...threads] = threadNames(bounds).map((name, i) => {
      return new ClientThread(name, { program: new ProgramBuilder(name), runtime, thread: osThreadAt(runtime, i) })
    })
    if (main === undefined) throw new TypeError('a stage has at least a main thread')
    this.main = main
    this.threads = threads
  }

  /** The sub-interpreters; none when the bounds allow only the main one. */
  get subInterpreters(): readonly Term<Interpreter>[] {
    return Array.from({ length: this.bounds.interpreters - 1 }, (_, i) => literal(this.runtime.vocabulary.interpreter, i + 1))
  }

  get mainInterpreter(): Term<Interpreter> {
    return this.runtime.main
  }

  /** The main interpreter and the sub-interpreters. */
  get interpreters(): readonly Term<Interpreter>[] {
    return [this.mainInterpreter, ...this.subInterpreters]
  }

  /** Name of the interpreter at this position of `interpreters`. */
  nameOf(position: number): string {
    return interpreterNames(this.bounds)[position] ?? `interpreter ${position}`
  }

  /** The interpreter that acting thread `i` belongs to: the sub-interpreters in turn; the main one when there is no other. */
  homeOf(i: number): Term<Interpreter> {
    const homes = this.subInterpreters
    return homes[i % homes.length] ?? this.mainInterpreter
  }

  /** A variable all threads of the client share. */
  shared<S extends Sort>(name: string, domain: TypedDomain<S>): Place<S> {
    const handle = variable(name, domain, { says: name })
    if (!this.#shared.some((known) => known.name === name)) this.#shared.push(handle.declaration)
    return handle.at()
  }

  /** Where a started thread finds its thread state. */
  bootOf(thread: ClientThread): Place<ThreadState> {
    return this.shared(`boot of ${thread.name}`, this.runtime.vocabulary.threadStateOrNone)
  }

  /**
   * The main thread makes every sub-interpreter, does `then` while attached to the main one again, lets go of the GIL and ends. The other
   * threads wait for that with `whenReady`.
   */
  setUp(then: () => void = () => undefined): void {
    for (const interpreter of this.subInterpreters) this.main.newInterpreter(interpreter)
    if (this.subInterpreters.length > 0) this.main.swap(this.runtime.mainThreadState)
    then()
    this.letGo()
  }

  /** The main thread lets go of the GIL, ends, and lets those who wait with `whenReady` begin. */
  letGo(): void {
    this.main.saveThread()
    this.main.set(this.#ready, truth, 'the scene is set')
  }

  /** Blocks the thread until the scene is set. */
  whenReady(thread: ClientThread): void {
    thread.waitUntil(this.#ready, 'begins')
  }

  /** The life of every acting thread, once the scene is set. */
  eachThread(body: (thread: ClientThread, home: Term<Interpreter>, position: number) => void): void {
    for (const [i, thread] of this.threads.entries()) {
      this.whenReady(thread)
      body(thread, this.homeOf(i), i)
    }
  }

  /** Python code of its home interpreter starts every acting thread; `body` runs attached, `own` being the thread's state. */
  startHomeThreads(body: (thread: ClientThread, home: Term<Interpreter>, own: Place<ThreadState>) => void): void {
    this.setUp(() => {
      for (const [i, thread] of this.threads.entries()) this.main.startThread(this.homeOf(i), this.bootOf(thread))
    })
    for (const [i, thread] of this.threads.entries()) {
      thread.asStartedThread(this.bootOf(thread), (own) => body(thread, this.homeOf(i), own))
    }
  }

  /** The main thread makes the first sub-interpreter and stays attached to it; to the main interpreter when there is no other. */
  makeFirstSubInterpreter(): Term<Interpreter> {
    const home = this.homeOf(0)
    if (this.subInterpreters.length > 0) this.main.newInterpreter(home)
    return home
  }

  /** What threads do that only keep others company: a plain callback into the main interpreter each round, from a foreign thread. */
  callBackIntoMain(threads: readonly ClientThread[]): void {
    for (const thread of threads) thread.repeat(this.bounds.rounds, () => thread.callback(this.mainInterpreter))
  }

  get programs(): readonly Program[] {
    return [this.main, ...this.threads].map((thread) => thread.caller.program.finish())
  }

  get sharedVariables(): readonly Variable[] {
    return this.#shared
  }

  get #ready(): Place<'boolean'> {
    return this.shared('the scene is set', boolean)
  }
}

/** "main thread", "thread 1", "thread 2": the OS threads of a scenario in order. */
export function threadNames(bounds: Bounds): readonly string[] {
  return ['main thread', ...Array.from({ length: bounds.threads }, (_, i) => `thread ${i + 1}`)]
}

/** "main", "sub" when there is one sub-interpreter, "sub 1", "sub 2" when there are more. */
export function interpreterNames(bounds: Bounds): readonly string[] {
  const subs = bounds.interpreters - 1
  return ['main', ...Array.from({ length: subs }, (_, i) => (subs === 1 ? 'sub' : `sub ${i + 1}`))]
}
