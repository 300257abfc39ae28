import type { Interpreter, ThreadState } from '../cpython/vocabulary.ts'
import type { Place, Term } from '../language/builder.ts'
import { isNone } from '../language/builder.ts'
import type { ClientThread } from './client-thread.ts'
import type { Stage } from './stage.ts'

/**
 * The workers of a pool serve every interpreter once in a round, each worker beginning with another one: with two workers and two
 * interpreters, both orders occur. `serve` writes down one request.
 */
export function serveInTurn(stage: Stage, serve: (thread: ClientThread, home: Term<Interpreter>, name: string) => void): void {
  const { interpreters } = stage
  stage.setUp()
  stage.eachThread((thread, _, worker) => {
    thread.repeat(stage.bounds.rounds, () => {
      for (let turn = 0; turn < interpreters.length; turn++) {
        const position = (worker + turn) % interpreters.length
        const home = interpreters[position]
        if (home !== undefined) serve(thread, home, stage.nameOf(position))
      }
    })
  })
}

/** The same with the worker's own thread state for the interpreter, made when first needed and kept in a table of the worker. */
export function serveWithThreadStates(
  stage: Stage,
  serve: (thread: ClientThread, home: Term<Interpreter>, own: Place<ThreadState>) => void,
): void {
  const { threadStateOrNone } = stage.runtime.vocabulary
  serveInTurn(stage, (thread, home, name) => {
    const own = thread.local(`own of ${name}`, threadStateOrNone)
    thread.when(isNone(own, threadStateOrNone), () => thread.set(own, thread.newThreadState(home)))
    serve(thread, home, own)
  })
}
