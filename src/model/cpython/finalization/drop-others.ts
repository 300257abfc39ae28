import type { Term } from '../../language/builder.ts'
import { assign } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { onlyKept } from '../thread-state/list.ts'
import type { Interpreter, ThreadState } from '../vocabulary.ts'

const pystate = sourceFile('3.14', 'Python/pystate.c')

/**
 * `_PyThreadState_DeleteExcept` (3.9), `_PyThreadState_RemoveExcept` (3.13): the interpreter drops all its thread states but one. Those that
 * are made later are not dropped: it is a sweep, and happens once.
 */
export function dropOtherThreadStates({ program, runtime }: Caller, kept: Term<ThreadState>, interpreter: Term<Interpreter>): void {
  program.step('drops all other thread states of the interpreter', pystate('_PyThreadState_RemoveExcept'), [
    assign(runtime.interpreters.keeps.at(interpreter), kept),
    ...onlyKept(runtime, kept, interpreter),
  ])
}
