import type { Formula } from '../language/builder.ts'
import { and, unequal } from '../language/builder.ts'
import type { SourceAnchor } from '../language/source-anchor.ts'
import { sourceFile } from '../language/source-anchor.ts'
import { fatalWhen } from '../program/program-builder.ts'
import type { AbortClause } from '../program/statement.ts'
import type { Caller } from './caller.ts'
import { currentFor } from './current.ts'
import { fatalMessage } from './fatal-messages.ts'
import type { RuntimeState } from './runtime-state.ts'

const obmalloc = sourceFile('3.6', 'Objects/obmalloc.c')

/** Event that a failed assertion of a debug build raises. */
export const assertionEvent = 'assertion failed'

/** The test of an `assert` that only a debug build (`Py_DEBUG`) makes, for the step it stands in; `expression` is what it prints. */
export function assertion(fails: Formula, expression: string): AbortClause {
  return { when: fails, outcome: `assertion: ${expression}`, event: assertionEvent }
}

/** The same as a step of its own. */
export function assertionFails({ program }: Caller, fails: Formula, expression: string, source?: SourceAnchor): void {
  program.step(`asserts ${expression}`, source, { aborts: [assertion(fails, expression)] })
}

/**
 * A debug build's allocator is fatal where `PyGILState_Check` says no: whatever allocates objects comes here. Objects/obmalloc.c
 * _PyMem_DebugCheckGIL (3.6).
 */
export function allocates(caller: Caller): void {
  const { program, runtime, thread } = caller
  if (!runtime.policy.debug || runtime.policy.check === 'absent' || runtime.policy.check === 'compares') return
  const isOther = unequal(runtime.slot.at(thread), currentFor(caller))
  program.step('allocates memory', obmalloc('_PyMem_DebugCheckGIL'), {
    aborts: [fatalWhen(and(runtime.checkIsEnabled.at(), isOther), fatalMessage(runtime.policy, 'allocator: no GIL'))],
  })
}

/** How assertions write the calling thread's slot. */
export function slotInWords({ policy }: RuntimeState): string {
  return policy.slotsVanish === 'never' ? 'gilstate_get()' : 'gilstate_tss_get('
}
