import type { Place } from '../../language/builder.ts'
import { assign } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { Caller } from '../caller.ts'
import { currentFor } from '../current.ts'
import { fatalMessage } from '../fatal-messages.ts'
import { isNoThreadState } from '../runtime-state.ts'
import type { ThreadState } from '../vocabulary.ts'

const pystate = sourceFile('3.2', 'Python/pystate.c')

/** `PyThreadState_Get`: the current thread state of the process, whoever asks; fatal when there is none. */
export function getThreadState(caller: Caller): Place<ThreadState> {
  const { program, runtime } = caller
  return program.procedure('PyThreadState_Get', () => {
    const result = program.local('tstate', runtime.vocabulary.threadStateOrNone)
    program.step('reads the current thread state', pystate('PyThreadState_Get'), {
      aborts: [fatalWhen(isNoThreadState(runtime, currentFor(caller)), fatalMessage(runtime.policy, 'Get: NULL'))],
      assign: [assign(result, currentFor(caller))],
    })
    return result
  })
}
