import type { Term } from '../../language/builder.ts'
import { and, assign, equal, exists, unequal } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { assertionFails } from '../debug.ts'
import { isAlive } from '../runtime-state.ts'
import { onlyKept } from '../thread-state/list.ts'
import type { Interpreter, ThreadState } from '../vocabulary.ts'

const pystate = sourceFile('3.14', 'Python/pystate.c')

/**
 * `_PyThreadState_DeleteExcept` (3.9), `_PyThreadState_RemoveExcept` (3.13): the interpreter drops all its thread states but one. Those that
 * are made later are not dropped: it is a sweep, and happens once.
 */
export function dropOtherThreadStates({ program, runtime, thread }: Caller, kept: Term<ThreadState>, interpreter: Term<Interpreter>): void {
  if (runtime.assertsClearing) {
    // Those that are dropped are cleared, and asserted to be cleared once.
    const { vocabulary, threadStates } = runtime
    const isClearedTwice = exists('cleared', vocabulary.threadState, (other) =>
      and(
        isAlive(runtime, other),
        equal(threadStates.interpreter.at(other), interpreter),
        unequal(other, kept),
        threadStates.isCleared.at(other),
      ),
    )
    assertionFails({ program, runtime, thread }, isClearedTwice, 'tstate->_status.initialized && !tstate->_status.cleared')
  }
  program.step('drops all other thread states of the interpreter', pystate('_PyThreadState_RemoveExcept'), [
    assign(runtime.interpreters.keeps.at(interpreter), kept),
    ...onlyKept(runtime, kept, interpreter),
  ])
}
