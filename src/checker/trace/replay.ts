import type { Checked, Diagnostic } from '../../foundation/diagnostic.ts'
import type { Action } from '../../model/language/action.ts'
import type { Surroundings } from '../../model/language/evaluate.ts'
import { apply, evaluate } from '../../model/language/evaluate.ts'
import { ModelError } from '../../model/language/model-error.ts'
import { shapeOf } from '../../model/language/state.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Property } from '../../properties/language/property.ts'
import { isTrap } from './confirm-trap.ts'
import { enabledActions } from './enabled-actions.ts'
import { diagnoseModelError } from './model-error-diagnostic.ts'
import type { Trace, TraceStep } from './trace.ts'
import { lastState } from './trace.ts'

/**
 * The trace of a sequence of choices. A choice is a position among the *enabled* actions in declaration order. MC503 when there is no such
 * action, and the model's own error when it goes wrong on the way.
 */
export function replayChoices(system: TransitionSystem, choices: readonly number[]): Checked<Trace> {
  const shape = shapeOf(system.variables)
  const steps: TraceStep[] = []
  let state = shape.initial
  try {
    for (const [i, choice] of choices.entries()) {
      const enabled = enabledActions(system, state)
      const chosen = enabled[choice]
      if (chosen === undefined) {
        return {
          ok: false,
          diagnostics: [
            notEnabled(
              choice,
              i + 1,
              enabled.map(({ action }) => action),
            ),
          ],
        }
      }
      state = apply(system, shape, state, chosen.action)
      steps.push({ action: chosen.position, process: chosen.action.process, state })
    }
  } catch (error) {
    if (error instanceof ModelError) return { ok: false, diagnostics: [diagnoseModelError(system, error)] }
    throw error
  }
  return { ok: true, value: { initial: shape.initial, steps } }
}

/** The choices that replay a trace of this system. */
export function choicesOf(system: TransitionSystem, trace: Trace): readonly number[] {
  let state = trace.initial
  return trace.steps.map((step) => {
    const choice = enabledActions(system, state).findIndex(({ position }) => position === step.action)
    state = step.state
    return choice
  })
}

/**
 * Whether the trace shows what it is evidence of, by the reference semantics: its last state violates the invariant, reaches the goal,
 * leads nowhere where a goal can be reached, or is a deadlock, or its last step is the forbidden transition. Says nothing about the steps before: replay those.
 */
export function confirm(system: TransitionSystem, property: Property, trace: Trace): boolean {
  const around: Surroundings = { shape: shapeOf(system.variables), system, state: lastState(trace) }
  switch (property.kind) {
    case 'invariant':
      return evaluate(property.holds, around) === 0
    case 'reachable':
      return evaluate(property.goal, around) !== 0
    case 'can-always-reach':
      return isTrap(system, property.goal, around.state)
    case 'no-deadlock':
      return evaluate(system.final, around) === 0 && enabledActions(system, around.state).length === 0
    case 'forbidden-transition': {
      const last = trace.steps.at(-1)
      const action = last === undefined ? undefined : system.actions[last.action]
      if (last === undefined || action === undefined) return false
      const state = trace.steps.at(-2)?.state ?? trace.initial
      return evaluate(property.forbids, { ...around, state, after: last.state, action }) !== 0
    }
  }
}

function notEnabled(choice: number, step: number, enabled: readonly Action[]): Diagnostic {
  const names = enabled.map(({ name }, i) => `${i} ${name}`).join(', ')
  return {
    code: 'MC503',
    message: `choice ${choice} is not there; ${names === '' ? 'no action is enabled' : `enabled are ${names}`}`,
    hint: 'The code belongs to another model, or was changed: run the check again for a fresh code.',
    place: [`step ${step}`],
  }
}
