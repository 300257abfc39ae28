import type { Action } from '../../model/language/action.ts'
import { callbackPlaces } from './dispatch.ts'

/** A statement of modelled C code, whichever thread runs it: the innermost function and its sentence. */
export function describeStatement(action: Action | undefined): string {
  const told = action?.told[0]
  const innermost = told?.calls.at(-1)
  // What callbacks do of their own is the dispatcher's, and no C code.
  if (told === undefined || innermost === undefined || callbackPlaces.includes(innermost)) return ''
  return `${innermost}: ${told.says}`
}
