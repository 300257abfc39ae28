import type { Formula, Term } from '../../language/builder.ts'
import { not, or } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { currentFor } from '../current.ts'
import { endInterpreter } from '../interpreter/end.ts'
import type { RuntimeState } from '../runtime-state.ts'
import { interpreterIsAlive, isNoThreadState } from '../runtime-state.ts'
import { everyInterpreter } from '../slots.ts'
import { attach, detach } from '../thread-state/attach.ts'
import { newThreadState } from '../thread-state/create.ts'
import { clearThreadState, deleteThreadState } from '../thread-state/delete.ts'
import { headOfList } from '../thread-state/list.ts'
import type { Interpreter } from '../vocabulary.ts'
import { mainInterpreters } from './lives.ts'

const pylifecycle = sourceFile('3.13', 'Python/pylifecycle.c')

/** Some sub-interpreter is alive. */
export function subInterpretersRemain(runtime: RuntimeState): Formula {
  return or(...subInterpreters(runtime).map((interpreter) => interpreterIsAlive(runtime, interpreter)))
}

/**
 * `finalize_subinterpreters` (3.13): ends every live sub-interpreter, each with a new thread state. In 3.13 the newest one it has is deleted
 * before, whoever uses it; since 3.14 `Py_EndInterpreter` does not mind others. The caller is attached to a main interpreter, and is again
 * afterwards. Which one comes first, the names say.
 */
export function endSubInterpreters(caller: Caller): void {
  const { program, runtime } = caller
  const isAny = subInterpretersRemain(runtime)
  // Since 3.15 what calls it is called again for each sub-interpreter: they have none of their own, so it ends there.
  program.callback('finalize_subinterpreters', () => {
    program.when(isAny, () => {
      const final = program.keep('final_tstate', runtime.vocabulary.threadStateOrNone, currentFor(caller))
      detach(caller, final)
      for (const interpreter of subInterpreters(runtime)) {
        program.when(interpreterIsAlive(runtime, interpreter), () => endWithNewThreadState(caller, interpreter))
      }
      attach(caller, final)
    })
  })
}

function endWithNewThreadState(caller: Caller, interpreter: Term<Interpreter>): void {
  const { program, runtime } = caller
  if (runtime.keepsLists) deleteNewest(caller, interpreter)
  const made = program.keep('tstate', runtime.vocabulary.threadStateOrNone, newThreadState(caller, interpreter))
  attach(caller, made)
  endInterpreter(caller, made)
}

function deleteNewest(caller: Caller, interpreter: Term<Interpreter>): void {
  const { program, runtime } = caller
  const newest = program.keep('tstate', runtime.vocabulary.threadStateOrNone, headOfList(runtime, interpreter))
  program.when(
    not(isNoThreadState(runtime, newest)),
    () => {
      attach(caller, newest)
      clearThreadState(caller, newest)
      detach(caller, newest)
      deleteThreadState(caller, newest)
    },
    () => undefined,
    'the sub-interpreter has a thread state',
    pylifecycle('finalize_subinterpreters'),
  )
}

function subInterpreters(runtime: RuntimeState): readonly Term<Interpreter>[] {
  return everyInterpreter(runtime)
    .slice(1)
    .filter((interpreter) => !isMain(runtime, interpreter))
}

function isMain(runtime: RuntimeState, interpreter: Term<Interpreter>): boolean {
  return mainInterpreters(runtime).some(
    (main) => main.kind === 'literal' && interpreter.kind === 'literal' && main.value === interpreter.value,
  )
}
