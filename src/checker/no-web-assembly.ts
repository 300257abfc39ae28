import type { Diagnostic } from '../foundation/diagnostic.ts'

/** WebAssembly was asked for and cannot do it. */
export function noWebAssembly(reason: string): Diagnostic {
  return {
    code: 'MC204',
    message: `this cannot be done in WebAssembly: ${reason}`,
    hint: 'Leave the engine to the checker, and explore with one thread.',
    place: ['engine webassembly'],
  }
}
