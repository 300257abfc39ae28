import { assign } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { Caller } from '../caller.ts'
import { dropGil } from '../gil/drop-gil.ts'
import { takeGil } from '../gil/take-gil.ts'
import { isNoThreadState } from '../runtime-state.ts'

const ceval = sourceFile('3.2', 'Python/ceval.c')

/** `PyEval_AcquireLock`: takes the GIL on behalf of whatever is current, and makes nothing current. Deprecated since 3.2. */
export function acquireLock(caller: Caller): void {
  const { program, runtime } = caller
  program.procedure('PyEval_AcquireLock', () => {
    const current = program.local('tstate', runtime.vocabulary.threadStateOrNone)
    program.step('reads the current thread state', ceval('PyEval_AcquireLock'), {
      aborts: [fatalWhen(isNoThreadState(runtime, runtime.current.at()), 'PyEval_AcquireLock: current thread state is NULL')],
      assign: [assign(current, runtime.current.at())],
    })
    takeGil(caller, current)
  })
}

/** `PyEval_ReleaseLock`: drops the GIL and leaves the current thread state current. Deprecated since 3.2. */
export function releaseLock(caller: Caller): void {
  const { program } = caller
  program.procedure('PyEval_ReleaseLock', () => dropGil(caller, { forAThreadState: true }))
}
