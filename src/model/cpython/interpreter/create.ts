import type { Place, Term } from '../../language/builder.ts'
import { assign, falsehood, member } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { newThreadState } from '../thread-state/create.ts'
import { swapIn } from '../thread-state/swap.ts'
import type { Interpreter, ThreadState } from '../vocabulary.ts'

const pystate = sourceFile('3.2', 'Python/pystate.c')

/** `PyInterpreterState_New`: an interpreter without thread states. Which one it is, the client names. */
export function newInterpreterState({ program, runtime }: Caller, interpreter: Term<Interpreter>): void {
  program.procedure('PyInterpreterState_New', () => {
    program.step('makes an interpreter', pystate('PyInterpreterState_New'), [
      assign(runtime.interpreters.life.at(interpreter), member(runtime.vocabulary.life, 'alive')),
    ])
  })
}

/**
 * `Py_NewInterpreter`: makes an interpreter with one thread state and makes that current. The GIL must be held and stays held; the thread's
 * slot keeps what it has. Python/pythonrun.c (3.2). Start-up code is left out: it runs Python as any client does.
 */
export function newInterpreter(caller: Caller, interpreter: Term<Interpreter>): Place<ThreadState> {
  const { program, runtime } = caller
  return program.procedure('Py_NewInterpreter', () => {
    if (runtime.policy.check !== 'absent')
      program.step('disables PyGILState_Check', undefined, [assign(runtime.checkIsEnabled.at(), falsehood)])
    newInterpreterState(caller, interpreter)
    const made = program.keep('tstate', runtime.vocabulary.threadStateOrNone, newThreadState(caller, interpreter))
    swapIn(caller, made)
    return made
  })
}
