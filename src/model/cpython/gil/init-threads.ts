import { assign, falsehood, not, truth } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { fatalMessage } from '../fatal-messages.ts'
import { isNoThreadState } from '../runtime-state.ts'
import { takeGil } from './take-gil.ts'

const ceval = sourceFile('3.2', 'Python/ceval.c')
const cevalGil = sourceFile('3.2', 'Python/ceval_gil.h')

/**
 * `PyEval_InitThreads`: creates the GIL and takes it on behalf of whatever is current, which need not be the calling thread's. Does nothing
 * once the GIL exists: always, since 3.7.
 */
export function initThreads(caller: Caller): void {
  const { program, runtime } = caller
  program.procedure('PyEval_InitThreads', () => {
    if (!runtime.createsTheGil) return
    program.when(not(runtime.gilExists.at()), () => {
      program.step('creates the GIL', ceval('PyEval_InitThreads'), [
        assign(runtime.gilExists.at(), truth),
        assign(runtime.gil.locked.at(), falsehood),
      ])
      refuseNull(caller)
      takeGil(caller, runtime.current.at())
    })
  })
}

/** Nothing is current: `take_gil` does not know for whom. The lock of 2.7 does not ask. */
function refuseNull({ program, runtime }: Caller): void {
  const { policy } = runtime
  if (policy.dropRequests === 'nobody') return
  const error = policy.getsCurrentByCall ? 'Get: NULL' : 'take_gil: NULL'
  program.fatalIf(isNoThreadState(runtime, runtime.current.at()), fatalMessage(policy, error), cevalGil('take_gil'))
}
