import type { RuntimeState } from '../../model/cpython/runtime-state.ts'
import { variable } from '../../model/language/builder.ts'
import type { TypedDomain } from '../../model/language/domain.ts'
import { boolean, range } from '../../model/language/domain.ts'

export type Command = 'enumeration call'

/** Names that a schedule may give at once; 0 is NULL and 1 the main thread state. */
export const registerCount = 12

export type MachineVariables = ReturnType<typeof machineVariables>

/** What a machine keeps beside the runtime: commands, names, and what calls returned. */
export function machineVariables(runtime: RuntimeState, commands: TypedDomain<Command>) {
  const { osThread, interpreter, threadStateOrNone, interpreterOrNone } = runtime.vocabulary
  const registers = range(0, registerCount - 1)
  const perThread = { indexedBy: [osThread] } as const
  return {
    command: variable('command to', commands, perThread),
    operand: variable('operand of', registers, perThread),
    registered: variable('register', threadStateOrNone, {
      indexedBy: [registers],
      initial: Array.from({ length: registerCount }, (_, i) => (i === 1 ? 0 : -1)),
    }),
    guarded: variable('guard or view', interpreterOrNone, { indexedBy: [registers] }),
    isSentinel: variable('token is the sentinel', boolean, { indexedBy: [registers] }),
    resultNumber: variable('number returned to', range(-1, 3), perThread),
    resultThreadState: variable('thread state returned to', threadStateOrNone, perThread),
    resultInterpreter: variable('interpreter returned to', interpreterOrNone, perThread),
    resultIsSentinel: variable('sentinel returned to', boolean, perThread),
    boot: variable('boot of the Python thread', threadStateOrNone),
    pythonThreadRuns: variable('the Python thread runs', boolean),
    hasAtexitCallback: variable('an atexit callback is registered in', boolean, { indexedBy: [interpreter] }),
    hasFinalizer: variable('an object with a finalizer is left in', boolean, { indexedBy: [interpreter] }),
  }
}
