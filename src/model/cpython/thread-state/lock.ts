import { assign } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { Caller } from '../caller.ts'
import { dereferences } from '../caller.ts'
import { currentFor } from '../current.ts'
import { fatalMessage } from '../fatal-messages.ts'
import { endLateAfterTaking } from '../finalization/late-thread.ts'
import { dropGil } from '../gil/drop-gil.ts'
import { takeGil } from '../gil/take-gil.ts'
import { isNoThreadState } from '../runtime-state.ts'

const ceval = sourceFile('3.2', 'Python/ceval.c')

/** `PyEval_AcquireLock`: takes the GIL for the current thread state, whosever it is, and changes nothing else. Deprecated since 3.2. */
export function acquireLock(caller: Caller): void {
  const { program, runtime } = caller
  program.procedure('PyEval_AcquireLock', () => {
    const current = program.local('tstate', runtime.vocabulary.threadStateOrNone)
    program.step('reads the current thread state', ceval('PyEval_AcquireLock'), {
      aborts: runtime.policy.acquireLockNeedsThreadState
        ? [
            fatalWhen(
              isNoThreadState(runtime, currentFor(caller)),
              fatalMessage(runtime.policy, runtime.policy.getsCurrentByCall ? 'Get: NULL' : 'AcquireLock: NULL'),
            ),
          ]
        : [],
      assign: [assign(current, currentFor(caller))],
    })
    takeGil(caller, current)
    if (runtime.policy.lateThreadIsNoticed === 'in-every-attach') endLateAfterTaking(caller, current)
  })
}

/** `PyEval_ReleaseLock`: drops the GIL and leaves the current thread state current. Deprecated since 3.2; since 3.9 there must be one. */
export function releaseLock(caller: Caller): void {
  const { program, runtime } = caller
  program.procedure('PyEval_ReleaseLock', () => {
    if (runtime.policy.messages !== 'of-3.2') {
      program.step('reads the current thread state', ceval('PyEval_ReleaseLock'), { aborts: dereferences(caller, currentFor(caller)) })
    }
    dropGil(caller, currentFor(caller), { forAThreadState: true })
  })
}
