import type { Formula, Place, Term } from '../../language/builder.ts'
import { and, assign, conditional, equal, falsehood, not } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { AbortClause } from '../../program/statement.ts'
import type { Caller } from '../caller.ts'
import { currentFor } from '../current.ts'
import { isNoThreadState, noInterpreter } from '../runtime-state.ts'
import type { Interpreter } from '../vocabulary.ts'

const debate = sourceFile('msg126348', 'bpo-10915')

/** The words are ours: the debate speaks of "asserting that it is not NULL" (msg126387). */
export const clearedInterpreterMessage = 'the current interpreter of this thread is NULL'
export const unsetInterpreterMessage = 'the current interpreter of this thread was never set'
export const swapWithGilMessage = 'PyInterpreterState_Swap: called with the GIL held'

/** The interpreter the calling thread runs against, read from thread-local storage; a design says what unset and cleared mean. */
export function currentInterpreter({ program, runtime, thread }: Caller): Place<Interpreter> {
  const { currentInterpreter: current, currentInterpreterIsCleared: cleared, vocabulary, policy } = runtime
  const wanted = program.local('interp', vocabulary.interpreterOrNone)
  const isUnset = equal(current.at(thread), noInterpreter(runtime))
  const aborts: AbortClause[] = [fatalWhen(cleared.at(thread), clearedInterpreterMessage)]
  if (policy.unsetCurrentInterpreterMeans === 'fatal') aborts.push(fatalWhen(isUnset, unsetInterpreterMessage))
  program.step('looks up its current interpreter', undefined, {
    aborts,
    assign: [assign(wanted, conditional(isUnset, runtime.main, current.at(thread)))],
  })
  return wanted
}

/**
 * `PyInterpreterState_Swap(interpreter)`: sets the interpreter the calling thread's GILState calls work with; returns the old one, `none`
 * while never set. "only ... when not GIL lock held" (msg126348) is tested as the policy says.
 */
export function swapInterpreter(caller: Caller, interpreter: Term<Interpreter>): Place<Interpreter> {
  const { program, runtime, thread } = caller
  return program.procedure('PyInterpreterState_Swap', () => {
    const old = program.local('old', runtime.vocabulary.interpreterOrNone)
    program.step('sets its current interpreter', debate('Dumpleton'), {
      aborts: [fatalWhen(heldTest(caller), swapWithGilMessage)],
      assign: [
        assign(old, runtime.currentInterpreter.at(thread)),
        assign(runtime.currentInterpreter.at(thread), interpreter),
        assign(runtime.currentInterpreterIsCleared.at(thread), falsehood),
      ],
    })
    return old
  })
}

function heldTest(caller: Caller): Formula {
  const { runtime } = caller
  const somethingIsCurrent = not(isNoThreadState(runtime, currentFor(caller)))
  switch (runtime.policy.interpreterSwap) {
    case 'absent':
    case 'unchecked':
      return falsehood
    case 'fatal-if-anything-is-current':
      return somethingIsCurrent
    case 'fatal-if-this-thread-is-attached':
      return and(somethingIsCurrent, equal(runtime.threadStates.osThread.at(currentFor(caller)), caller.thread))
  }
}
