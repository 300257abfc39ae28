import type { Term } from '../../language/builder.ts'
import { and, assign, count, equal, integer, less, unequal } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { Caller } from '../caller.ts'
import { dereferences } from '../caller.ts'
import { currentFor } from '../current.ts'
import { fatalMessage } from '../fatal-messages.ts'
import { dropOtherThreadStates } from '../finalization/drop-others.ts'
import type { FinalizationHooks } from '../finalization/hooks.ts'
import { callAtexit, callTeardown } from '../finalization/hooks.ts'
import { joinThreads } from '../finalization/join-threads.ts'
import { preFinalizationCalls } from '../finalization/pre-finalization-calls.ts'
import { isAlive } from '../runtime-state.ts'
import { swapOut } from '../thread-state/swap.ts'
import type { Interpreter, ThreadState } from '../vocabulary.ts'
import { deleteInterpreter } from './delete.ts'

const pythonrun = sourceFile('3.2', 'Python/pythonrun.c')
const pylifecycle = sourceFile('3.12', 'Python/pylifecycle.c')

/**
 * `Py_EndInterpreter(threadState)`: fatal unless the thread state is current and the only one of its interpreter; then nothing is current
 * any more and **the GIL stays locked**: the caller must swap another thread state in. Since 3.12 the GIL is dropped; since 3.14 other thread
 * states are no reason to stop: their threads sleep for ever when they come back. Joins threads since 3.4, waits for guards since 3.15.
 */
export function endInterpreter(caller: Caller, threadState: Term<ThreadState>, hooks: FinalizationHooks = {}): void {
  const { program, runtime } = caller
  const { threadStates, vocabulary, policy } = runtime
  program.procedure('Py_EndInterpreter', () => {
    program.step('checks that the thread state is current', pythonrun('Py_EndInterpreter'), {
      aborts: [fatalWhen(unequal(threadState, currentFor(caller)), fatalMessage(policy, 'EndInterpreter: not current'))],
    })
    const interpreter = program.local('interp', vocabulary.interpreterOrNone)
    const there = threadStates.interpreter.at(threadState)
    if (policy.otherThreadStatesAtEnd === 'are-marked' || runtime.joins || hooks.atexit !== undefined) {
      program.step('looks which interpreter it ends', pythonrun('Py_EndInterpreter'), {
        aborts: dereferences(caller, threadState),
        assign: [assign(interpreter, there)],
      })
      finishItsWork(caller, interpreter, hooks)
    }
    if (policy.otherThreadStatesAtEnd === 'are-fatal') {
      const inIt = count('other', vocabulary.threadState, (other) =>
        and(isAlive(runtime, other), equal(threadStates.interpreter.at(other), there)),
      )
      program.step('checks that it is the last of its interpreter', pythonrun('Py_EndInterpreter'), {
        aborts: [
          ...dereferences(caller, threadState),
          fatalWhen(less(integer(1), inIt), fatalMessage(policy, 'EndInterpreter: not the last')),
        ],
        assign: [assign(interpreter, there)],
      })
      recordWhoEndsIt(caller, threadState, interpreter)
    } else dropOtherThreadStates(caller, threadState, interpreter)
    callTeardown(caller, hooks)
    if (policy.interpreterDeletion === 'is-fatal-if-current') swapOut(caller, 'Py_EndInterpreter')
    deleteInterpreter(caller, interpreter)
  })
}

/** What an interpreter does before it ends: joins threads, calls atexit callbacks, waits for guards. */
function finishItsWork(caller: Caller, interpreter: Term<Interpreter>, hooks: FinalizationHooks): void {
  const { policy } = caller.runtime
  if (policy.guards) {
    preFinalizationCalls(caller, interpreter, { hooks })
    return
  }
  if (policy.endInterpreterJoins) joinThreads(caller, interpreter)
  if (policy.endInterpreterCallsAtexit) callAtexit(caller, hooks)
}

/** `_PyInterpreterState_SetFinalizing` (3.12): other threads of the interpreter come too late from here on. */
function recordWhoEndsIt({ program, runtime }: Caller, threadState: Term<ThreadState>, interpreter: Term<Interpreter>): void {
  const { finalizing, finalizingThread } = runtime.interpreters
  if (!runtime.finalizes || runtime.policy.lateThreadIsNoticed !== 'in-take-gil-by-thread') return
  program.step('ends the interpreter', pylifecycle('Py_EndInterpreter'), [
    assign(finalizing.at(interpreter), threadState),
    assign(finalizingThread.at(interpreter), runtime.threadStates.osThread.at(threadState)),
  ])
}
