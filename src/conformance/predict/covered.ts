import type { Action } from '../../model/language/action.ts'

/** A statement of modelled C code, whichever thread runs it: the innermost function and its sentence. */
export function describeStatement(action: Action | undefined): string {
  const told = action?.told[0]
  if (told === undefined) return ''
  return `${told.calls.at(-1) ?? 'client'}: ${told.says}`
}
