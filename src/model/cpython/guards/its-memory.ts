import type { Term } from '../../language/builder.ts'
import { and, not } from '../../language/builder.ts'
import { undefinedWhen } from '../../program/program-builder.ts'
import type { AbortClause } from '../../program/statement.ts'
import type { Caller } from '../caller.ts'
import { isNoThreadState, memoryIsThere } from '../runtime-state.ts'
import type { ThreadState } from '../vocabulary.ts'

/**
 * Reading a thread state that may be NULL, without attaching it: undefined only where its memory is freed. Since 3.14 a thread state that
 * its interpreter dropped is kept for its thread.
 */
export function readsItsMemory({ runtime }: Caller, threadState: Term<ThreadState>): readonly AbortClause[] {
  const isGone = not(memoryIsThere(runtime, threadState))
  return [undefinedWhen(and(not(isNoThreadState(runtime, threadState)), isGone), 'a freed thread state is used')]
}
