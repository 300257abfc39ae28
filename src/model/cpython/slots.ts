import type { Assignment } from '../language/action.ts'
import type { Formula, Term } from '../language/builder.ts'
import { and, assign, conditional, equal, isNone, literal, not } from '../language/builder.ts'
import { highestValue } from '../language/domain.ts'
import { sourceFile } from '../language/source-anchor.ts'
import type { Caller } from './caller.ts'
import type { RuntimeState } from './runtime-state.ts'
import { isNoThreadState, noThreadState } from './runtime-state.ts'
import type { Interpreter, ThreadState } from './vocabulary.ts'

const pystate = sourceFile('3.4', 'Python/pystate.c')

/** Every interpreter of the scenario, as terms. */
export function everyInterpreter({ vocabulary }: RuntimeState): readonly Term<Interpreter>[] {
  return Array.from({ length: highestValue(vocabulary.interpreter) + 1 }, (_, i) => literal(vocabulary.interpreter, i))
}

/** Whether the policy keeps one slot per thread and interpreter. */
export function hasInterpreterSlots({ policy }: RuntimeState): boolean {
  return policy.newThreadStateIsNotedIn !== 'thread-slot' || policy.ensureExLooksIn === 'slot-of-that-interpreter'
}

/** Whether the policy keeps the one slot per thread of 3.2. */
export function hasThreadSlot({ policy }: RuntimeState): boolean {
  return policy.newThreadStateIsNotedIn !== 'interpreter-slot'
}

/** When thread states are noted at all: up to 3.11 only while there is a main interpreter. Undefined where there always is one. */
export function notesThreadStates({ policy, finalizes, finalization, vocabulary }: RuntimeState): Formula | undefined {
  if (!finalizes || policy.slotIsBound === 'when-attached') return undefined
  return not(isNone(finalization.autoInterpreter.at(), vocabulary.interpreterOrNone))
}

/**
 * `_PyGILState_NoteThreadState`: fills the calling thread's slots that the policy names, where they are empty. The thread state is not
 * linked yet, so no other thread can see it, and slots belong to their thread: part of one step with the allocation.
 */
export function noteAssignments(
  { runtime, thread }: Caller,
  threadState: Term<ThreadState>,
  interpreter: Term<Interpreter>,
): readonly Assignment[] {
  const { slot, interpreterSlot, policy } = runtime
  const isNoted = notesThreadStates(runtime)
  const isFilled = (here: Term<ThreadState>): Formula =>
    isNoted === undefined ? isNoThreadState(runtime, here) : and(isNoted, isNoThreadState(runtime, here))
  const keep = (here: Term<ThreadState>): Term<ThreadState> => conditional(isFilled(here), threadState, here)
  const assignments: Assignment[] = []
  if (policy.newThreadStateIsNotedIn !== 'interpreter-slot') {
    assignments.push(assign(slot.at(thread), keep(slot.at(thread))))
  }
  if (policy.newThreadStateIsNotedIn !== 'thread-slot') {
    const there = interpreterSlot.at(thread, interpreter)
    assignments.push(assign(there, keep(there)))
  }
  return assignments
}

/**
 * The same where a key is always written (3.4, issue #19787): `_PyGILState_NoteThreadState` tests first, so the slot is filled in two steps.
 */
export function noteAfterATest(caller: Caller, threadState: Term<ThreadState>, interpreter: Term<Interpreter>): void {
  const { program, runtime, thread } = caller
  const isEmpty = isNoThreadState(runtime, runtime.slot.at(thread))
  program.when(isEmpty, () =>
    program.step('notes it in its slot', pystate('_PyGILState_NoteThreadState'), noteAssignments(caller, threadState, interpreter)),
  )
}

/** Empties the calling thread's slots when this thread state is freed. Nobody can write another thread's slots. */
export function forgetAssignments({ runtime, thread }: Caller, threadState: Term<ThreadState>): readonly Assignment[] {
  const { slot, interpreterSlot, policy, threadStates } = runtime
  const nothing = noThreadState(runtime)
  // Since 3.12 the bit of the thread state is asked, not the slot: the calling thread's slot is emptied whoever's slot it is in.
  const isMeant = (here: Term<ThreadState>) =>
    policy.slotIsBound === 'when-attached' ? threadStates.isBound.at(threadState) : equal(here, threadState)
  const without = (here: Term<ThreadState>): Term<ThreadState> => conditional(isMeant(here), nothing, here)
  return [
    ...(hasThreadSlot(runtime) ? [assign(slot.at(thread), without(slot.at(thread)))] : []),
    ...(hasInterpreterSlots(runtime)
      ? everyInterpreter(runtime).map((interpreter) =>
          assign(interpreterSlot.at(thread, interpreter), without(interpreterSlot.at(thread, interpreter))),
        )
      : []),
  ]
}
