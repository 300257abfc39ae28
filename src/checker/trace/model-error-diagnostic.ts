import type { Diagnostic } from '../../foundation/diagnostic.ts'
import type { ModelError } from '../../model/language/model-error.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'

/** A mistake of the model that showed in a run, as something to tell its author. */
export function diagnoseModelError(system: TransitionSystem, error: ModelError): Diagnostic {
  const isAction = system.actions.some(({ name }) => name === error.place)
  return {
    code: error.code,
    message: error.message,
    place: [`system ${system.name}`, isAction ? `action ${error.place}` : error.place],
  }
}
