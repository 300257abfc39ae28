import type { Term } from '../../language/builder.ts'
import { and, assign, falsehood, none, not, truth } from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen, undefinedWhen } from '../../program/program-builder.ts'
import type { AbortClause } from '../../program/statement.ts'
import type { Caller } from '../caller.ts'
import { fatalMessage } from '../fatal-messages.ts'
import type { RuntimeState } from '../runtime-state.ts'
import type { ThreadState } from '../vocabulary.ts'
import type { Gil } from './gil.ts'
import { awaitSwitch, gilOf, requestSeenBy, switchIsAwaited } from './gil.ts'
import { usesTheLock } from './gil-exists.ts'

const cevalGil = sourceFile('3.2', 'Python/ceval_gil.h')

/** What `drop_gil` is told: the GIL of which thread state, and whether that thread state goes on living. */
export interface DropOptions {
  readonly forAThreadState: boolean
}

/**
 * `drop_gil`: gives the lock back, whoever took it, and with forced switching waits until another thread took it when one had asked.
 * A NULL thread state (the thread goes away) never waits. The C code compares `last_holder` with the thread state after unlocking; that
 * is false exactly when another thread took the GIL in between, which is what `switchIsAwaited` says here.
 */
export function dropGil(caller: Caller, threadState: Term<ThreadState>, options: DropOptions): void {
  dropThisGil(caller, gilOf(caller.runtime, threadState), options.forAThreadState ? threadState : undefined)
}

/** The same for a GIL that is known by other means than a thread state. */
export function dropThisGil(caller: Caller, gil: Gil, forThreadState: Term<ThreadState> | undefined): void {
  caller.program.procedure('drop_gil', () => drop(caller, gil, forThreadState))
}

function drop(caller: Caller, gil: Gil, threadState: Term<ThreadState> | undefined): void {
  const { program, runtime } = caller
  const { policy, vocabulary } = runtime
  const seen = threadState === undefined || !policy.forcedSwitching ? undefined : requestSeenBy(runtime, threadState)
  const asked = program.local('asked', boolean)
  program.step('drops the GIL', cevalGil('drop_gil'), {
    aborts: [...usesTheLock(runtime), refusal(runtime, gil)],
    assign: [
      ...(runtime.createsTheGil ? [assign(runtime.gilExists.at(), truth)] : []),
      assign(gil.locked, falsehood),
      assign(gil.owner, none(vocabulary.osThreadOrNone)),
      ...(gil.of === undefined ? [] : [assign(runtime.gils.holder.at(gil.of), none(vocabulary.threadStateOrNone))]),
      ...(seen === undefined ? [] : [assign(asked, seen), awaitSwitch(caller, gil, seen)]),
    ],
  })
  if (seen === undefined) return
  program.when(asked, () => {
    // Test and reset happen under switch_mutex, which take_gil holds as well when it signals the switch.
    const isAwaited = switchIsAwaited(caller)
    program.quietly([assign(seen, and(seen, not(isAwaited)))])
    program.step('waited until another thread took the GIL', cevalGil('drop_gil'), { waitsFor: not(isAwaited) })
  })
}

/** What becomes of a thread that drops a GIL nobody holds. */
function refusal({ policy }: RuntimeState, { locked }: Gil): AbortClause {
  return policy.dropOfUnlockedGil === 'is-fatal'
    ? fatalWhen(not(locked), fatalMessage(policy, 'drop_gil: not locked'))
    : undefinedWhen(not(locked), 'a lock that is not locked is released')
}
