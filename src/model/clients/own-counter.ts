import { dereferences } from '../cpython/caller.ts'
import type { ThreadState } from '../cpython/vocabulary.ts'
import type { Place, Term } from '../language/builder.ts'
import { add, assign, integer } from '../language/builder.ts'
import type { ClientThread } from './client-thread.ts'

/** `tstate->gilstate_counter`, which programs read and write although it is not theirs. */
export function counterOf(thread: ClientThread, threadState: Term<ThreadState>): Place<'integer'> {
  return thread.caller.runtime.threadStates.counter.at(threadState)
}

/** Adds to the counter of a thread state: undefined behaviour where it is freed. */
export function countBy(thread: ClientThread, threadState: Term<ThreadState>, change: 1 | -1): void {
  const counter = counterOf(thread, threadState)
  thread.caller.program.step(change === 1 ? 'counts one more itself' : 'counts one less itself', undefined, {
    aborts: dereferences(thread.caller, threadState),
    assign: [assign(counter, add(counter, integer(change)))],
  })
}

/** Sets the counter of a thread state. */
export function setCounter(thread: ClientThread, threadState: Term<ThreadState>, value: number): void {
  thread.caller.program.step(`sets its counter to ${value} itself`, undefined, {
    aborts: dereferences(thread.caller, threadState),
    assign: [assign(counterOf(thread, threadState), integer(value))],
  })
}
