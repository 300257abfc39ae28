import type { Term } from '../../language/builder.ts'
import { and, assign, event, falsehood, literal, not, truth } from '../../language/builder.ts'
import { highestValue } from '../../language/domain.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { dereferences, isOfAnotherThread } from '../caller.ts'
import type { ThreadState } from '../vocabulary.ts'

const cevalGil = sourceFile('3.2', 'Python/ceval_gil.h')

/** Place name of a thread that stands in `take_gil`. */
export const waitsForTheGil = 'waits for the GIL'
/** Event: the GIL is taken for, or a swap makes current, a thread state that was made for another OS thread. */
export const takesForAnotherThread = 'attaches a thread state of another OS thread'

/**
 * `take_gil`: waits until the lock is free, asking the holder to drop it every 5 ms, then takes it and reads `tstate->async_exc`.
 * There is no owner check: a thread that holds the GIL waits for itself. Setting the flag and the read happen under `gil_mutex`: one step.
 */
export function takeGil(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime } = caller
  const { gil, vocabulary } = runtime
  program.procedure('take_gil', () => {
    program.step('takes the GIL', cevalGil('take_gil'), {
      place: waitsForTheGil,
      waitsFor: not(gil.locked.at()),
      meanwhile: {
        says: 'waited 5 ms and asks for the GIL',
        when: and(gil.locked.at(), not(gil.dropRequest.at())),
        assignments: [assign(gil.dropRequest.at(), truth)],
      },
      aborts: dereferences(caller, threadState),
      events: [event(takesForAnotherThread, isOfAnotherThread(caller, threadState))],
      assign: [
        assign(gil.locked.at(), truth),
        assign(gil.owner.at(), caller.thread),
        assign(gil.dropRequest.at(), falsehood),
        ...everyThread(caller).map((thread) => assign(gil.switchIsAwaited.at(thread), falsehood)),
      ],
    })
  })

  function everyThread({ runtime: { policy } }: Caller) {
    if (!policy.forcedSwitching) return []
    return Array.from({ length: highestValue(vocabulary.osThread) + 1 }, (_, i) => literal(vocabulary.osThread, i))
  }
}
