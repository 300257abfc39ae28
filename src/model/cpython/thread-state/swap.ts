import type { Assignment } from '../../language/action.ts'
import type { Formula, Place, Term } from '../../language/builder.ts'
import { and, assign, equal, event, falsehood, integer, less, not, truth } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { AbortClause } from '../../program/statement.ts'
import type { Caller } from '../caller.ts'
import { dereferences, isOfAnotherThread } from '../caller.ts'
import { currentFor } from '../current.ts'
import { fatalMessage } from '../fatal-messages.ts'
import { dropGil } from '../gil/drop-gil.ts'
import { takeGil, takesForAnotherThread } from '../gil/take-gil.ts'
import type { ClearingCall } from '../policy.ts'
import { swapComplaintMessage } from '../policy.ts'
import { isNoThreadState, noInterpreter, noThreadState } from '../runtime-state.ts'
import type { ThreadState } from '../vocabulary.ts'
import { attach, detach } from './attach.ts'
import { activate } from './bind.ts'

const pystate = sourceFile('3.2', 'Python/pystate.c')

/**
 * `PyThreadState_Swap(threadState)`, as the client calls it. Since 3.12 it drops the GIL of the old one and takes the
 * GIL of the new one; in 3.12 the new one is current before its GIL is held.
 */
export function swapThreadState(caller: Caller, threadState: Term<ThreadState>): Place<ThreadState> {
  const { program, runtime } = caller
  if (runtime.policy.attaching === 'takes-and-swaps') return swapIn(caller, threadState, 'the client')
  return program.procedure('PyThreadState_Swap', () => {
    const old = letGoOfCurrent(caller)
    program.when(not(isNoThreadState(runtime, threadState)), () => {
      if (runtime.policy.attaching === 'attaches') return attach(caller, threadState)
      swapIn(caller, threadState)
      takeGil(caller, threadState)
    })
    return old
  })
}

/** `PyThreadState_Swap(NULL)`, as the client calls it: up to 3.11 the GIL stays locked. */
export function swapToNull(caller: Caller): Place<ThreadState> {
  const { program, runtime } = caller
  if (runtime.policy.attaching === 'takes-and-swaps') return swapOut(caller, 'PyThreadState_Swap')
  return program.procedure('PyThreadState_Swap', () => letGoOfCurrent(caller))
}

/** What is current, detached if it was something. */
function letGoOfCurrent(caller: Caller): Place<ThreadState> {
  const { program, runtime } = caller
  const old = program.local('old', runtime.vocabulary.threadStateOrNone)
  program.step('reads the current thread state', pystate('PyThreadState_Swap'), [assign(old, currentFor(caller))])
  program.when(not(isNoThreadState(runtime, old)), () => {
    if (runtime.policy.attaching === 'attaches') return detach(caller, old)
    program.step('looks at the current thread state', pystate('_PyThreadState_Swap'), { aborts: dereferences(caller, old) })
    dropGil(caller, old, { forAThreadState: true })
    swapOut(caller, 'PyThreadState_Swap')
  })
  return old
}

/**
 * `PyThreadState_Swap(threadState)` of 3.2 with a thread state, `_PyThreadState_SwapNoGIL` of 3.12: makes it the current one and returns the
 * old one. Neither the GIL nor, up to 3.11, a slot is touched; designs hook in here, because attaching is a swap in 3.2.
 */
export function swapIn(
  caller: Caller,
  threadState: Term<ThreadState>,
  from: 'the client' | 'the C code' = 'the C code',
): Place<ThreadState> {
  const { program, runtime } = caller
  const current = currentFor(caller)
  return program.procedure(runtime.policy.attaching === 'takes-and-swaps' ? 'PyThreadState_Swap' : '_PyThreadState_SwapNoGIL', () => {
    const old = program.local('old', runtime.vocabulary.threadStateOrNone)
    const records = recordsOf(caller, threadState, runtime.policy.attachRecords)
    program.step('makes the thread state current', pystate('PyThreadState_Swap'), {
      aborts: [
        ...(records.length > 0 ? dereferences(caller, threadState) : []),
        ...deactivates(caller),
        ...complaints(caller, threadState, from),
      ],
      events: [event(takesForAnotherThread, isOfAnotherThread(caller, threadState))],
      assign: [assign(old, current), assign(current, threadState), ...records],
    })
    if (runtime.policy.debug && runtime.policy.attaching === 'takes-and-swaps') refuseSecondOfThread(caller, threadState)
    activate(caller, threadState)
    return old
  })
}

/** A debug build refuses a second thread state of the thread in one interpreter. Python/pystate.c PyThreadState_Swap (3.2 to 3.11). */
function refuseSecondOfThread(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime, thread } = caller
  const { interpreter } = runtime.threadStates
  const slot = runtime.slot.at(thread)
  const isSecond = and(
    not(isNoThreadState(runtime, slot)),
    not(equal(slot, threadState)),
    equal(interpreter.at(slot), interpreter.at(threadState)),
  )
  const reads = [...dereferences(caller, slot), ...dereferences(caller, threadState)].map((clause) => ({
    ...clause,
    when: and(not(isNoThreadState(runtime, slot)), clause.when),
  }))
  program.step('compares it with its slot', pystate('PyThreadState_Swap'), {
    aborts: [...reads, fatalWhen(isSecond, fatalMessage(runtime.policy, 'Swap: second thread state'))],
  })
}

/** `PyThreadState_Swap(NULL)`: nothing is current any more. The GIL stays as it is. */
export function swapOut(caller: Caller, by: ClearingCall): Place<ThreadState> {
  const { program, runtime } = caller
  const current = currentFor(caller)
  return program.procedure(runtime.policy.attaching === 'takes-and-swaps' ? 'PyThreadState_Swap' : '_PyThreadState_SwapNoGIL', () => {
    const old = program.local('old', runtime.vocabulary.threadStateOrNone)
    program.step('makes no thread state current', pystate('PyThreadState_Swap'), {
      aborts: [
        ...deactivates(caller),
        ...complaints(caller, noThreadState(runtime), by === 'PyThreadState_Swap' ? 'the client' : 'the C code'),
      ],
      assign: [assign(old, current), assign(current, noThreadState(runtime)), ...clears(caller, by)],
    })
    return old
  })
}

/** `tstate_deactivate` (3.12): what was current is written to. */
function deactivates(caller: Caller): readonly AbortClause[] {
  const { runtime } = caller
  if (runtime.policy.attaching !== 'swap-takes') return []
  const old = currentFor(caller)
  return dereferences(caller, old).map((clause) => ({ ...clause, when: and(not(isNoThreadState(runtime, old)), clause.when) }))
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
  const old: Term<ThreadState> = currentFor(caller)
  const slot: Term<ThreadState> = runtime.slot.at(thread)
  const looked = { 'old-thread-state': old, 'new-thread-state': next, 'slot-thread-state': slot }[complaint.counterOf]
  // PyThreadState_Swap(NULL): there is no counter to look at.
  if (looked.kind === 'literal') return []
  const isThere = not(isNoThreadState(runtime, looked))
  const changes: Formula = not(equal(old, next))
  const tooMany = less(integer(complaint.mostExpected), runtime.threadStates.counter.at(looked))
  return [fatalWhen(and(isThere, changes, tooMany), swapComplaintMessage)]
}
