import type { Term } from '../../language/builder.ts'
import { assign, equal, member } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { Caller } from '../caller.ts'
import { dereferences } from '../caller.ts'
import { dropGil } from '../gil/drop-gil.ts'
import { isNoThreadState, noThreadState } from '../runtime-state.ts'
import { forgetAssignments } from '../slots.ts'
import type { ThreadState } from '../vocabulary.ts'
import { clears } from './swap.ts'

const pystate = sourceFile('3.2', 'Python/pystate.c')

/** `PyThreadState_Clear`: drops the references the thread state holds. Slots, list and GIL are untouched. */
export function clearThreadState(caller: Caller, threadState: Term<ThreadState>): void {
  const { program } = caller
  program.procedure('PyThreadState_Clear', () => {
    program.step('clears the thread state', pystate('PyThreadState_Clear'), { aborts: dereferences(caller, threadState) })
  })
}

/** `PyThreadState_Delete`: unlinks and frees a thread state that is not current, and empties the caller's slot that holds it. */
export function deleteThreadState(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime } = caller
  program.procedure('PyThreadState_Delete', () => {
    program.step('checks that the thread state is not current', pystate('PyThreadState_Delete'), {
      aborts: [fatalWhen(equal(threadState, runtime.current.at()), 'PyThreadState_Delete: tstate is still current')],
    })
    free(caller, threadState)
  })
}

/** `PyThreadState_DeleteCurrent`: frees the current thread state and drops the GIL. */
export function deleteCurrentThreadState(caller: Caller): void {
  const { program, runtime } = caller
  program.procedure('PyThreadState_DeleteCurrent', () => {
    const self = program.local('tstate', runtime.vocabulary.threadStateOrNone)
    program.step('takes the current thread state away', pystate('PyThreadState_DeleteCurrent'), {
      aborts: [fatalWhen(isNoThreadState(runtime, runtime.current.at()), 'PyThreadState_DeleteCurrent: no current tstate')],
      assign: [assign(self, runtime.current.at()), assign(runtime.current.at(), noThreadState(runtime))],
    })
    free(caller, self, clears(caller, 'PyThreadState_DeleteCurrent'))
    dropGil(caller, { forAThreadState: false })
  })
}

/** `tstate_delete_common` and the emptying of the caller's slot that follows it. */
function free(caller: Caller, threadState: Term<ThreadState>, also: ReturnType<typeof clears> = []): void {
  const { program, runtime } = caller
  program.procedure('tstate_delete_common', () => {
    program.step('frees the thread state', pystate('tstate_delete_common'), {
      aborts: dereferences(caller, threadState),
      assign: [
        assign(runtime.threadStates.life.at(threadState), member(runtime.vocabulary.life, 'freed')),
        ...forgetAssignments(caller, threadState),
        ...also,
      ],
    })
  })
}
