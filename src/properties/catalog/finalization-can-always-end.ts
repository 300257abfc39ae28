import { mainInterpreters } from '../../model/cpython/finalization/lives.ts'
import { interpreterIsAlive } from '../../model/cpython/runtime-state.ts'
import { and, falsehood, not, or, truth } from '../../model/language/builder.ts'
import { promise } from './promise.ts'

export const finalizationCanAlwaysEnd = promise(
  {
    name: 'finalization-can-always-end',
    violation: 'finalization can never end',
    says: 'Whatever happens once finalization has begun, it can still come to its end.',
    promisedBy: 'documentation of Py_FinalizeEx: it undoes all initializations, frees the memory, and returns',
    consequence: 'The process never exits: it has to be killed, and whatever was to be written at its end is lost.',
  },
  ({ runtime, isRunning }) => {
    // Seeking what can always be reached costs as much again as the search: only where there is something to seek.
    if (!runtime.finalizes) return { kind: 'invariant', holds: truth, premise: falsehood }
    const { isInitialized } = runtime.finalization
    const isOver = and(...mainInterpreters(runtime).map((main) => not(interpreterIsAlive(runtime, main))))
    return { kind: 'can-always-reach', goal: or(not(isRunning), isInitialized.at(), isOver), premise: not(isInitialized.at()) }
  },
)
