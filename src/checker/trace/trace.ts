import { InternalError } from '../../foundation/diagnostic.ts'
import { apply, isEnabled } from '../../model/language/evaluate.ts'
import type { State } from '../../model/language/state.ts'
import { shapeOf } from '../../model/language/state.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'

/** A transition in a trace. */
export interface TraceStep {
  /** Position in the system's list of actions. */
  readonly action: number
  /** Position in the system's list of processes. */
  readonly process: number
  /** The state after it. */
  readonly state: State
}

/** A finite sequence of steps from the initial state. Identities keep their names along it: no state is renamed. */
export interface Trace {
  readonly initial: State
  readonly steps: readonly TraceStep[]
}

/** The state a trace ends in. */
export function lastState(trace: Trace): State {
  return trace.steps.at(-1)?.state ?? trace.initial
}

/** Number of changes of process between consecutive steps. */
export function countContextSwitches(trace: Trace): number {
  return trace.steps.filter((step, i) => i > 0 && step.process !== trace.steps[i - 1]?.process).length
}

/**
 * The trace of a sequence of actions, by the reference semantics. Throws an InternalError when an action does not exist or is not enabled
 * where it is to be taken: the sequence then does not come from a search of this system.
 */
export function traceOf(system: TransitionSystem, actions: readonly number[]): Trace {
  const shape = shapeOf(system.variables)
  const steps: TraceStep[] = []
  let state = shape.initial
  for (const [i, position] of actions.entries()) {
    const action = system.actions[position]
    if (action === undefined || !isEnabled(system, shape, state, action)) {
      throw new InternalError('MC901', `action ${action?.name ?? position} cannot be taken as step ${i + 1} of a trace`)
    }
    state = apply(system, shape, state, action)
    steps.push({ action: position, process: action.process, state })
  }
  return { initial: shape.initial, steps }
}
