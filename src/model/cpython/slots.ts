import type { Assignment } from '../language/action.ts'
import type { Term } from '../language/builder.ts'
import { assign, conditional, equal, literal } from '../language/builder.ts'
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
  const keep = (here: Term<ThreadState>): Term<ThreadState> => conditional(isNoThreadState(runtime, here), threadState, here)
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

/** Empties the calling thread's slots that hold this thread state. Nobody can write another thread's slots. */
export function forgetAssignments({ runtime, thread }: Caller, threadState: Term<ThreadState>): readonly Assignment[] {
  const { slot, interpreterSlot } = runtime
  const nothing = noThreadState(runtime)
  const without = (here: Term<ThreadState>): Term<ThreadState> => conditional(equal(here, threadState), nothing, here)
  return [
    ...(hasThreadSlot(runtime) ? [assign(slot.at(thread), without(slot.at(thread)))] : []),
    ...(hasInterpreterSlots(runtime)
      ? everyInterpreter(runtime).map((interpreter) =>
          assign(interpreterSlot.at(thread, interpreter), without(interpreterSlot.at(thread, interpreter))),
        )
      : []),
  ]
}
