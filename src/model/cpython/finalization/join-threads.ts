import type { Formula, Term } from '../../language/builder.ts'
import { and, equal, exists, not } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import type { RuntimeState } from '../runtime-state.ts'
import { isAlive } from '../runtime-state.ts'
import { restoreThread, saveThread } from '../thread-state/save-and-restore.ts'
import type { Interpreter } from '../vocabulary.ts'

const pythonrun = sourceFile('3.2', 'Python/pythonrun.c')

/** Place name of a thread that waits in `threading._shutdown` for others to end. */
export const joinsThreads = 'joins threads'

/** Some thread of the interpreter is to be joined and has not deleted its thread state yet. */
export function hasThreadsToJoin(runtime: RuntimeState, interpreter: Term<Interpreter>): Formula {
  const { threadStates, vocabulary } = runtime
  return exists('joined', vocabulary.threadState, (other) =>
    and(isAlive(runtime, other), equal(threadStates.interpreter.at(other), interpreter), threadStates.isJoined.at(other)),
  )
}

/**
 * `wait_for_thread_shutdown`: `threading._shutdown` joins the threads that are no daemons, without the GIL. A joined thread lets the GIL go
 * only after it deleted its thread state, so that is what is waited for; all of them at once.
 */
export function joinThreads(caller: Caller, interpreter: Term<Interpreter>): void {
  const { program, runtime } = caller
  if (!runtime.joins) return
  const remain = hasThreadsToJoin(runtime, interpreter)
  program.procedure('wait_for_thread_shutdown', () => {
    program.loop(remain, () => {
      const saved = saveThread(caller)
      program.step('waited for the threads that are joined', pythonrun('wait_for_thread_shutdown'), {
        place: joinsThreads,
        waitsFor: not(remain),
      })
      restoreThread(caller, saved)
    })
  })
}
