import type { Place } from '../../language/builder.ts'
import type { Caller } from '../caller.ts'
import type { Interpreter } from '../vocabulary.ts'
import { closeGuard, guardFromView } from './guard.ts'

/**
 * `PyThread_TryAcquireFinalizeBlock` of pull request 28525 (2021 to 2023): a guard of the whole runtime, which is told here by the main
 * interpreter; none where the runtime waits to finalize. The GIL is not needed.
 */
export function tryAcquireFinalizeBlock(caller: Caller): Place<Interpreter> {
  return caller.program.procedure('PyThread_TryAcquireFinalizeBlock', () => guardFromView(caller, caller.runtime.main))
}

/** `PyThread_ReleaseFinalizeBlock`. */
export function releaseFinalizeBlock(caller: Caller): void {
  caller.program.procedure('PyThread_ReleaseFinalizeBlock', () => closeGuard(caller, caller.runtime.main))
}
