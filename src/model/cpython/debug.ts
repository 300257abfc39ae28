import type { Formula } from '../language/builder.ts'
import type { SourceAnchor } from '../language/source-anchor.ts'
import type { Caller } from './caller.ts'

/** Event that a failed assertion of a debug build raises. */
export const assertionEvent = 'assertion failed'

/** An `assert` that only a debug build (`Py_DEBUG`) makes; `expression` is what it prints. */
export function assertionFails({ program }: Caller, fails: Formula, expression: string, source?: SourceAnchor): void {
  program.step(`asserts ${expression}`, source, { aborts: [{ when: fails, outcome: `assertion: ${expression}`, event: assertionEvent }] })
}
