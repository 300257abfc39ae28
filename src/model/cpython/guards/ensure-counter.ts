import type { Assignment } from '../../language/action.ts'
import type { Place, Term } from '../../language/builder.ts'
import { add, assign, conditional, equal, integer } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import type { ThreadState } from '../vocabulary.ts'
import { readsItsMemory } from './its-memory.ts'

const pystate = sourceFile('3.15', 'Python/pystate.c')

/** What a thread had before an Ensure. */
export interface Before {
  readonly attached: Place<ThreadState>
  /** What was in its slot. */
  readonly remembered: Place<ThreadState>
}

/** `++tstate->ensure.counter`; the first of a thread state also writes down what was before, in the texts that keep it there. */
export function countOneMore(caller: Caller, threadState: Place<ThreadState>, before: Before): void {
  const { program, runtime } = caller
  const counter = runtime.threadStates.ensureCounter.at(threadState)
  const isFirst = equal(counter, integer(0))
  program.step('counts one more Ensure', pystate('PyThreadState_Ensure'), {
    aborts: readsItsMemory(caller, threadState),
    assign: [
      assign(counter, add(counter, integer(1))),
      ...whatWasBefore(caller, threadState, before).map(({ target, value }) => {
        const kept: Term<ThreadState> = target
        return assign(target as Place<ThreadState>, conditional(isFirst, value as Term<ThreadState>, kept))
      }),
    ],
  })
}

/** Fields of a thread state that its last Release reads; the released Ensure has none of them. */
export function whatWasBefore({ runtime }: Caller, threadState: Term<ThreadState>, before: Before): readonly Assignment[] {
  const { threadStates, policy } = runtime
  const { whatWasAttachedIsKept, slotAfterRelease } = policy.guardedEnsure
  return [
    ...(whatWasAttachedIsKept === 'in-the-thread-state' ? [assign(threadStates.cameFrom.at(threadState), before.attached)] : []),
    ...(slotAfterRelease === 'is-restored' ? [assign(threadStates.rememberedBefore.at(threadState), before.remembered)] : []),
  ]
}
