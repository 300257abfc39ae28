import type { Assignment } from '../../language/action.ts'
import type { Formula, Place, Term } from '../../language/builder.ts'
import { and, assign, equal, event, falsehood, integer, less, not, truth } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { AbortClause } from '../../program/statement.ts'
import type { Caller } from '../caller.ts'
import { dereferences, isOfAnotherThread } from '../caller.ts'
import { takesForAnotherThread } from '../gil/take-gil.ts'
import type { ClearingCall } from '../policy.ts'
import { swapComplaintMessage } from '../policy.ts'
import { isNoThreadState, noInterpreter, noThreadState } from '../runtime-state.ts'
import type { ThreadState } from '../vocabulary.ts'

const pystate = sourceFile('3.2', 'Python/pystate.c')

/**
 * `PyThreadState_Swap(threadState)` with a thread state: makes it the current one of the whole process and returns the old one. Neither
 * the GIL nor a slot is touched in 3.2; designs hook in here, because attaching is a swap in 3.2.
 */
export function swapIn(
  caller: Caller,
  threadState: Term<ThreadState>,
  from: 'the client' | 'the C code' = 'the C code',
): Place<ThreadState> {
  const { program, runtime } = caller
  return program.procedure('PyThreadState_Swap', () => {
    const old = program.local('old', runtime.vocabulary.threadStateOrNone)
    const records = recordsOf(caller, threadState, runtime.policy.attachRecords)
    program.step('makes the thread state current', pystate('PyThreadState_Swap'), {
      aborts: [...(records.length > 0 ? dereferences(caller, threadState) : []), ...complaints(caller, threadState, from)],
      events: [event(takesForAnotherThread, isOfAnotherThread(caller, threadState))],
      assign: [assign(old, runtime.current.at()), assign(runtime.current.at(), threadState), ...records],
    })
    return old
  })
}

/** `PyThreadState_Swap(NULL)`: nothing is current any more. The GIL stays as it is. */
export function swapOut(caller: Caller, by: ClearingCall): Place<ThreadState> {
  const { program, runtime } = caller
  return program.procedure('PyThreadState_Swap', () => {
    const old = program.local('old', runtime.vocabulary.threadStateOrNone)
    program.step('makes no thread state current', pystate('PyThreadState_Swap'), {
      aborts: complaints(caller, noThreadState(runtime), by === 'PyThreadState_Swap' ? 'the client' : 'the C code'),
      assign: [assign(old, runtime.current.at()), assign(runtime.current.at(), noThreadState(runtime)), ...clears(caller, by)],
    })
    return old
  })
}

/** What a design writes down for the calling thread when this thread state is attached or let go. */
export function recordsOf(
  { runtime, thread }: Caller,
  threadState: Term<ThreadState>,
  what: 'nothing' | 'interpreter' | 'thread-state',
): readonly Assignment[] {
  switch (what) {
    case 'nothing':
      return []
    case 'interpreter':
      return [
        assign(runtime.currentInterpreter.at(thread), runtime.threadStates.interpreter.at(threadState)),
        assign(runtime.currentInterpreterIsCleared.at(thread), falsehood),
      ]
    case 'thread-state':
      return [assign(runtime.slot.at(thread), threadState)]
  }
}

/** What a design forgets when this call lets go of an interpreter. */
export function clears({ runtime, thread }: Caller, by: ClearingCall): readonly Assignment[] {
  if (!runtime.policy.currentInterpreterIsClearedBy.includes(by)) return []
  return [
    assign(runtime.currentInterpreter.at(thread), noInterpreter(runtime)),
    assign(runtime.currentInterpreterIsCleared.at(thread), truth),
  ]
}

/** "complain loudly if the gilstate_counter isn't set to a value it knows how to handle" (msg126406). */
function complaints(caller: Caller, next: Term<ThreadState>, from: 'the client' | 'the C code'): readonly AbortClause[] {
  const { runtime, thread } = caller
  const complaint = runtime.policy.swapComplains
  if (complaint.kind === 'never' || (from === 'the C code' && !complaint.internalCallsToo)) return []
  const old: Term<ThreadState> = runtime.current.at()
  const slot: Term<ThreadState> = runtime.slot.at(thread)
  const looked = { 'old-thread-state': old, 'new-thread-state': next, 'slot-thread-state': slot }[complaint.counterOf]
  // PyThreadState_Swap(NULL): there is no counter to look at.
  if (looked.kind === 'literal') return []
  const isThere = not(isNoThreadState(runtime, looked))
  const changes: Formula = not(equal(old, next))
  const tooMany = less(integer(complaint.mostExpected), runtime.threadStates.counter.at(looked))
  return [fatalWhen(and(isThere, changes, tooMany), swapComplaintMessage)]
}
