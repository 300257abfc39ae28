import type { ErrorCode } from './error-codes.ts'

/** One thing wrong with what the user gave: what was found and expected, and in `hint` what to do next. */
export interface Diagnostic {
  readonly code: ErrorCode
  readonly message: string
  readonly hint?: string
  /** From the outside in, such as ['scenario shared-thread-pool', 'action ensure', 'guard']; empty if the whole input is meant. */
  readonly place: readonly string[]
}

/** A value that passed its checks, or everything that is wrong with it (never an empty list). */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** A broken promise inside the toolkit. Seeing one is always our mistake, never the user's. */
export class InternalError extends Error {
  override readonly name = 'InternalError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(`${code}: ${message}. This is a bug in the toolkit; please report it with the replay code.`, options)
    this.code = code
  }
}

/** Carries diagnostics to the shell, the only place that catches it. `message` is one line per diagnostic, hints indented below. */
export class DiagnosticError extends Error {
  override readonly name = 'DiagnosticError'
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[], options?: ErrorOptions) {
    super(diagnostics.map(describeDiagnostic).join('\n'), options)
    this.diagnostics = diagnostics
  }
}

/** Text of a diagnostic: "MC101: action ensure, guard: message", then the hint on a line of its own. */
export function describeDiagnostic({ code, message, hint, place }: Diagnostic): string {
  const where = place.length === 0 ? '' : `${place.join(', ')}: `
  return `${code}: ${where}${message}${hint === undefined ? '' : `\n  ${hint}`}`
}
