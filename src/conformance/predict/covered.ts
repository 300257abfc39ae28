import type { Action } from '../../model/language/action.ts'
import { callbackPlaces } from './dispatch.ts'

/**
 * The statements of modelled C code that an action runs, whichever thread does: each by its innermost function and its sentence. What callbacks
 * do of their own is the dispatcher's, and no C code.
 */
export function statementsIn(action: Action | undefined): readonly string[] {
  return (action?.told ?? []).flatMap(({ calls, says }) => {
    const innermost = calls.at(-1)
    return innermost === undefined || callbackPlaces.includes(innermost) ? [] : [`${innermost}: ${says}`]
  })
}
