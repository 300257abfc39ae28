import type { Place } from '../../language/builder.ts'
import { assign } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { Caller } from '../caller.ts'
import { isNoThreadState } from '../runtime-state.ts'
import type { ThreadState } from '../vocabulary.ts'

const pystate = sourceFile('3.2', 'Python/pystate.c')

/** `PyThreadState_Get`: the current thread state of the process, whoever asks; fatal when there is none. */
export function getThreadState({ program, runtime }: Caller): Place<ThreadState> {
  return program.procedure('PyThreadState_Get', () => {
    const result = program.local('tstate', runtime.vocabulary.threadStateOrNone)
    program.step('reads the current thread state', pystate('PyThreadState_Get'), {
      aborts: [fatalWhen(isNoThreadState(runtime, runtime.current.at()), 'PyThreadState_Get: no current thread')],
      assign: [assign(result, runtime.current.at())],
    })
    return result
  })
}
