import type { Caller } from '../cpython/caller.ts'
import { holdsTheGil } from '../cpython/caller.ts'
import { currentFor } from '../cpython/current.ts'
import { pairChangedAttachment, pairChangedSlot, pairEnds } from '../cpython/gilstate/balanced-pair.ts'
import { noInterpreter, noThreadState } from '../cpython/runtime-state.ts'
import type { Interpreter, ThreadState } from '../cpython/vocabulary.ts'
import type { Term } from '../language/builder.ts'
import { assign, conditional, equal, event, not } from '../language/builder.ts'

/**
 * Remembers, in monitors, what the thread has attached and what plain Ensure would find, and compares when the pair has ended: a pair that
 * leaves a thread state in an empty slot changed it. `nesting` is 1 for a pair in no other.
 */
export function watchPair<Result>(caller: Caller, nesting: number, pair: () => Result): Result {
  const { program, runtime } = caller
  const domain = runtime.vocabulary.threadStateOrNone
  // A pair inside a pair needs monitors of its own.
  const level = nesting === 1 ? '' : ` at level ${nesting}`
  const attachedBefore = program.local(`attached before${level}`, domain, 'monitor')
  const foundBefore = program.local(`found before${level}`, domain, 'monitor')
  program.quietly([assign(attachedBefore, attached(caller)), assign(foundBefore, wouldFind(caller))])
  const result = pair()
  program.quietly(
    [],
    [
      event(pairEnds),
      event(pairChangedAttachment, not(equal(attached(caller), attachedBefore))),
      event(pairChangedSlot, not(equal(wouldFind(caller), foundBefore))),
    ],
  )
  return result
}

/** The thread state this thread runs with: the current one, if this thread holds the GIL. */
export function attached(caller: Caller): Term<ThreadState> {
  const { runtime } = caller
  return conditional(holdsTheGil(caller), currentFor(caller), noThreadState(runtime))
}

/** The thread state plain Ensure would use; `none` when it would make one. A freed one counts as freed, not as none. */
export function wouldFind({ runtime, thread }: Caller): Term<ThreadState> {
  const { policy, slot, interpreterSlot, currentInterpreter, main } = runtime
  switch (policy.plainCallsLookIn) {
    case 'thread-slot':
      return slot.at(thread)
    case 'slot-of-main':
      return interpreterSlot.at(thread, main)
    case 'slot-of-current-interpreter': {
      const current: Term<Interpreter> = currentInterpreter.at(thread)
      const wanted = conditional(equal(current, noInterpreter(runtime)), main, current)
      return interpreterSlot.at(thread, wanted)
    }
  }
}
