import type { Interpreter, ThreadState } from '../cpython/vocabulary.ts'
import type { Place, Term } from '../language/builder.ts'
import { isNone } from '../language/builder.ts'
import type { ClientThread } from './client-thread.ts'
import type { Stage } from './stage.ts'

/** What a worker of a pool works on in one round. */
export interface Request {
  /** The interpreter the request belongs to. */
  readonly home: Term<Interpreter>
  /** This worker's thread state for it, made when first needed. */
  readonly own: Place<ThreadState>
}

/** The worker takes a request for any interpreter: the checker tries all. */
export function takeRequest(stage: Stage, thread: ClientThread): Place<Interpreter> {
  const home = thread.local('home', stage.runtime.vocabulary.interpreterOrNone)
  thread.choose(
    ...stage.interpreters.map((interpreter, i) => ({
      says: `takes a request for ${stage.nameOf(i)}`,
      do: () => thread.set(home, interpreter),
    })),
  )
  return home
}

/** The same, with one thread state per interpreter in the worker's own table; the table outlives the request. */
export function takeRequestWithThreadState(stage: Stage, thread: ClientThread): Request {
  const { interpreterOrNone, threadStateOrNone } = stage.runtime.vocabulary
  const home = thread.local('home', interpreterOrNone)
  const own = thread.local('own', threadStateOrNone)
  thread.choose(
    ...stage.interpreters.map((interpreter, i) => ({
      says: `takes a request for ${stage.nameOf(i)}`,
      do: () => {
        const cached = thread.local(`own of ${stage.nameOf(i)}`, threadStateOrNone)
        thread.when(isNone(cached, threadStateOrNone), () => thread.set(cached, thread.newThreadState(interpreter)))
        thread.set(own, cached)
        thread.set(home, interpreter)
      },
    })),
  )
  return { home, own }
}
