import { undefinedWhen } from '../../program/program-builder.ts'
import type { AbortClause } from '../../program/statement.ts'
import type { Caller } from '../caller.ts'
import { usesNull } from '../caller.ts'
import { currentFor } from '../current.ts'
import { isNoThreadState } from '../runtime-state.ts'

/** Calls that read the interpreter of an attached thread and do not ask whether it is attached: `_PyInterpreterState_GET` (3.15). */
export function usesNoThreadState(caller: Caller): readonly AbortClause[] {
  return [undefinedWhen(isNoThreadState(caller.runtime, currentFor(caller)), 'a NULL thread state is dereferenced', usesNull)]
}
