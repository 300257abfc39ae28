import { and, member, not, unequal } from '../../language/builder.ts'
import { undefinedWhen } from '../../program/program-builder.ts'
import type { AbortClause } from '../../program/statement.ts'
import type { Caller } from '../caller.ts'
import { mainInterpreters } from '../finalization/lives.ts'
import type { RuntimeState } from '../runtime-state.ts'

/** `if (gil_created())`, in the releases that create the GIL on demand; the others always do what follows. */
export function whenTheGilExists({ program, runtime }: Caller, then: () => void): void {
  if (runtime.createsTheGil) program.when(runtime.gilExists.at(), then)
  else then()
}

/**
 * Using a GIL that nobody created. In 2.7 it is a NULL pointer. Since 3.2 it is a variable that says -1, neither free nor taken: taking it
 * waits, and dropping it makes a GIL that is free. Only in a second life, where `Py_Initialize` destroyed the one of the first life, is its
 * mutex no mutex any more. Python/ceval_gil.h gil_locked, destroy_gil (3.2).
 */
export function usesTheLock(runtime: RuntimeState): readonly AbortClause[] {
  const { createsTheGil, restarts, policy } = runtime
  if (!createsTheGil) return []
  const isAbsent = not(runtime.gilExists.at())
  const words = 'a lock that does not exist is used'
  if (policy.dropOfUnlockedGil === 'is-undefined') return [undefinedWhen(isAbsent, words)]
  const [, again] = mainInterpreters(runtime)
  return restarts && again !== undefined
    ? [undefinedWhen(and(isAbsent, unequal(runtime.interpreters.life.at(again), member(runtime.vocabulary.life, 'absent'))), words)]
    : []
}
