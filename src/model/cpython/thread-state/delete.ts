import type { Term } from '../../language/builder.ts'
import { and, assign, equal, member, not, truth, unequal } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen, undefinedWhen } from '../../program/program-builder.ts'
import type { AbortClause } from '../../program/statement.ts'
import type { Caller } from '../caller.ts'
import { dereferences, usesNull } from '../caller.ts'
import { currentFor } from '../current.ts'
import { assertion, slotInWords } from '../debug.ts'
import { fatalMessage } from '../fatal-messages.ts'
import { dropThisGil } from '../gil/drop-gil.ts'
import { gilOf, gilOfInterpreter } from '../gil/gil.ts'
import { isNoThreadState, noThreadState } from '../runtime-state.ts'
import { forgetAssignments } from '../slots.ts'
import type { Interpreter, ThreadState } from '../vocabulary.ts'
import { unlinked } from './list.ts'
import { clears } from './swap.ts'

const pystate = sourceFile('3.2', 'Python/pystate.c')

/** `PyThreadState_Clear`: drops the references the thread state holds, one after the other. Slots, list and GIL are untouched. */
export function clearThreadState(caller: Caller, threadState: Term<ThreadState>, destructor?: () => void): void {
  const { program, runtime } = caller
  program.procedure('PyThreadState_Clear', () => {
    if (runtime.assertsClearing) assertClears(caller, threadState)
    program.step('clears the thread state', pystate('PyThreadState_Clear'), {
      aborts: dereferences(caller, threadState),
      assign: runtime.assertsClearing ? [assign(runtime.threadStates.isCleared.at(threadState), truth)] : [],
    })
    if (destructor === undefined) return
    program.callback('destructor', destructor)
    program.step('goes on clearing the thread state', pystate('PyThreadState_Clear'), { aborts: dereferences(caller, threadState) })
  })
}

/** What a debug build asserts before it clears (3.13). */
function assertClears(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime } = caller
  const { interpreter, isCleared } = runtime.threadStates
  const current = currentFor(caller)
  program.step('asserts that it may be cleared', pystate('PyThreadState_Clear'), {
    aborts: [
      ...dereferences(caller, threadState),
      assertion(isCleared.at(threadState), 'tstate->_status.initialized && !tstate->_status.cleared'),
      undefinedWhen(isNoThreadState(runtime, current), 'a NULL thread state is dereferenced', usesNull),
      assertion(unequal(interpreter.at(current), interpreter.at(threadState)), 'current_fast_get()->interp == tstate->interp'),
    ],
  })
}

/** `PyThreadState_Delete`: unlinks and frees a thread state that is not current, and empties the caller's slot that holds it. */
export function deleteThreadState(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime } = caller
  program.procedure('PyThreadState_Delete', () => {
    program.step('checks that the thread state is not current', pystate('PyThreadState_Delete'), {
      aborts: [
        ...refusesNull(caller, threadState),
        fatalWhen(equal(threadState, currentFor(caller)), fatalMessage(runtime.policy, 'Delete: current')),
      ],
    })
    free(caller, threadState)
  })
}

/** `PyThreadState_DeleteCurrent`: frees the current thread state and drops the GIL. */
export function deleteCurrentThreadState(caller: Caller): void {
  const { program, runtime } = caller
  program.procedure('PyThreadState_DeleteCurrent', () => {
    const { policy, vocabulary } = runtime
    const self = program.local('tstate', vocabulary.threadStateOrNone)
    const current = currentFor(caller)
    program.step('takes the current thread state away', pystate('PyThreadState_DeleteCurrent'), {
      aborts: [fatalWhen(isNoThreadState(runtime, current), fatalMessage(policy, 'DeleteCurrent: NULL'))],
      assign: [assign(self, current), ...(policy.deleteCurrentClears === 'first' ? [assign(current, noThreadState(runtime))] : [])],
    })
    const before = policy.gils === 'one' ? undefined : program.keep('gil', vocabulary.interpreterOrNone, interpreterOfGil(caller, self))
    free(caller, self, [
      ...clears(caller, 'PyThreadState_DeleteCurrent'),
      ...(policy.deleteCurrentClears === 'last' ? [assign(current, noThreadState(runtime))] : []),
    ])
    const gil = before === undefined ? gilOf(runtime, self) : gilOfInterpreter(runtime, before)
    dropThisGil(caller, gil, policy.deleteCurrentSwitches ? self : undefined)
  })
}

/** The interpreter whose GIL a thread state uses, kept because the thread state is freed before its GIL is dropped. */
function interpreterOfGil({ runtime }: Caller, threadState: Term<ThreadState>): Term<Interpreter> {
  return runtime.interpreters.gil.at(runtime.threadStates.interpreter.at(threadState))
}

/** NULL is a fatal error since 3.12; in 3.9 to 3.11 its interpreter is read first; up to 3.8 it is fatal later, in tstate_delete_common. */
function refusesNull({ runtime }: Caller, threadState: Term<ThreadState>): readonly AbortClause[] {
  if (runtime.policy.messages === 'of-3.2') return []
  const isNull = isNoThreadState(runtime, threadState)
  if (runtime.policy.messages === 'of-3.9') return [undefinedWhen(isNull, 'a NULL thread state is dereferenced', usesNull)]
  return [fatalWhen(isNull, fatalMessage(runtime.policy, 'Delete: NULL'))]
}

/** `tstate_delete_common` and the emptying of the caller's slot that follows it. */
function free(caller: Caller, threadState: Term<ThreadState>, also: ReturnType<typeof clears> = []): void {
  const { program, runtime } = caller
  program.procedure('tstate_delete_common', () => {
    if (runtime.assertsClearing) {
      const { isBound, isCleared } = runtime.threadStates
      const isInAnothersSlot = and(isBound.at(threadState), unequal(runtime.slot.at(caller.thread), threadState))
      program.step('asserts that it may be deleted', pystate('tstate_delete_common'), {
        aborts: [
          ...dereferences(caller, threadState),
          assertion(not(isCleared.at(threadState)), 'tstate->_status.cleared && !tstate->_status.finalized'),
          assertion(isInAnothersSlot, `tstate == ${slotInWords(runtime)}`),
        ],
      })
    }
    program.step('frees the thread state', pystate('tstate_delete_common'), {
      aborts: dereferences(caller, threadState),
      assign: [
        assign(runtime.threadStates.life.at(threadState), member(runtime.vocabulary.life, 'freed')),
        ...unlinked(runtime, threadState, runtime.threadStates.interpreter.at(threadState)),
        ...forgetAssignments(caller, threadState),
        ...also,
      ],
    })
  })
}
