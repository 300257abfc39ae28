import type { Term } from '../../language/builder.ts'
import { and, equal, falsehood, member, not, or } from '../../language/builder.ts'
import { undefinedWhen } from '../../program/program-builder.ts'
import type { AbortClause } from '../../program/statement.ts'
import type { Caller } from '../caller.ts'
import { interpreterIsAlive, isNoThreadState, wasDropped } from '../runtime-state.ts'
import type { ThreadState } from '../vocabulary.ts'

/**
 * Reading a thread state that may be NULL, without attaching it: undefined only where its memory is freed. Since 3.14 a thread state that
 * its interpreter dropped is kept for its thread.
 */
export function readsItsMemory({ runtime }: Caller, threadState: Term<ThreadState>): readonly AbortClause[] {
  const { threadStates, vocabulary, dropsOthers } = runtime
  const isKept = or(
    interpreterIsAlive(runtime, threadStates.interpreter.at(threadState)),
    dropsOthers ? wasDropped(runtime, threadState) : falsehood,
  )
  const isThere = and(equal(threadStates.life.at(threadState), member(vocabulary.life, 'alive')), isKept)
  return [undefinedWhen(and(not(isNoThreadState(runtime, threadState)), not(isThere)), 'a freed thread state is used')]
}
