import { confirm } from '../../checker/trace/replay.ts'
import type { Trace, TraceStep } from '../../checker/trace/trace.ts'
import type { Action } from '../../model/language/action.ts'
import { apply, isEnabled } from '../../model/language/evaluate.ts'
import { ModelError } from '../../model/language/model-error.ts'
import type { State, StateShape } from '../../model/language/state.ts'
import { shapeOf } from '../../model/language/state.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Property } from '../../properties/language/property.ts'

/** A counterexample with what it is a counterexample of. */
export interface Shown {
  readonly system: TransitionSystem
  readonly property: Property
  readonly trace: Trace
}

/** A run that is made up step by step, by the reference semantics. */
export class Rerun {
  readonly #system: TransitionSystem
  readonly #shape: StateShape
  readonly #steps: TraceStep[] = []
  #state: State

  constructor(system: TransitionSystem) {
    this.#system = system
    this.#shape = shapeOf(system.variables)
    this.#state = this.#shape.initial
  }

  get state(): State {
    return this.#state
  }

  get trace(): Trace {
    return { initial: this.#shape.initial, steps: [...this.#steps] }
  }

  /** Takes the action, or says that it cannot be taken here: its guard does not hold, or the model goes wrong in it. */
  take(position: number, change: (action: Action) => Action = (action) => action): boolean {
    const action = this.#system.actions[position]
    if (action === undefined) return false
    try {
      if (!isEnabled(this.#system, this.#shape, this.#state, action)) return false
      this.#state = apply(this.#system, this.#shape, this.#state, change(action))
    } catch (error) {
      if (error instanceof ModelError) return false
      throw error
    }
    this.#steps.push({ action: position, process: action.process, state: this.#state })
    return true
  }
}

/**
 * Whether a run of these actions in this order shows the violation: at its end, or after any step of it. An action that cannot be taken where
 * its turn comes is left out. A deadlock and a trap are looked for at the end only: nothing leads out of them.
 */
export function showsLeniently({ system, property }: Pick<Shown, 'system' | 'property'>, actions: readonly number[]): boolean {
  const rerun = new Rerun(system)
  for (const action of actions) {
    if (rerun.take(action) && isShownOnTheWay(property) && confirm(system, property, rerun.trace)) return true
  }
  return confirm(system, property, rerun.trace)
}

/** Whether the property can be violated in a step after which the run goes on. */
export function isShownOnTheWay({ kind }: Property): boolean {
  return kind !== 'no-deadlock' && kind !== 'can-always-reach'
}

/**
 * Whether the same run still ends in the violation when the steps that are not kept change nothing but where their thread stands. Such a run
 * need not be one of the system's. Every step must be possible where its turn comes.
 */
export function showsWithEffectsOf({ system, property, trace }: Shown, isKept: (step: number) => boolean): boolean {
  const rerun = new Rerun(system)
  const counters = new Set(system.variables.filter(({ role }) => role === 'control').map(({ name }) => name))
  const moveOnly = (action: Action): Action => ({
    ...action,
    assignments: action.assignments.filter(({ target }) => counters.has(target.variable)),
  })
  for (const [i, { action }] of trace.steps.entries()) {
    if (!rerun.take(action, isKept(i) ? undefined : moveOnly)) return false
  }
  return confirm(system, property, rerun.trace)
}
