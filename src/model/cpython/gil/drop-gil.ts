import { and, assign, falsehood, none, not } from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { Caller } from '../caller.ts'

const cevalGil = sourceFile('3.2', 'Python/ceval_gil.h')

/**
 * `drop_gil`: gives the lock back, whoever took it, and with forced switching waits until another thread took it when one had asked.
 * A NULL thread state (the thread goes away) never waits. The C code compares `last_holder` with the thread state after unlocking; that
 * is false exactly when another thread took the GIL in between, which is what `switchIsAwaited` says here.
 */
export function dropGil({ program, runtime, thread }: Caller, options: { readonly forAThreadState: boolean }): void {
  const { gil, policy, vocabulary } = runtime
  const maySwitch = options.forAThreadState && policy.forcedSwitching
  program.procedure('drop_gil', () => {
    const asked = program.local('asked', boolean)
    program.step('drops the GIL', cevalGil('drop_gil'), {
      aborts: [fatalWhen(not(gil.locked.at()), 'drop_gil: GIL is not locked')],
      assign: [
        assign(gil.locked.at(), falsehood),
        assign(gil.owner.at(), none(vocabulary.osThreadOrNone)),
        ...(maySwitch ? [assign(asked, gil.dropRequest.at()), assign(gil.switchIsAwaited.at(thread), gil.dropRequest.at())] : []),
      ],
    })
    if (!maySwitch) return
    program.when(asked, () => {
      // Test and reset happen under switch_mutex, which take_gil holds as well when it signals the switch.
      const isAwaited = gil.switchIsAwaited.at(thread)
      program.quietly([assign(gil.dropRequest.at(), and(gil.dropRequest.at(), not(isAwaited)))])
      program.step('waited until another thread took the GIL', cevalGil('drop_gil'), { waitsFor: not(isAwaited) })
    })
  })
}
