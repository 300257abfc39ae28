import { confirm } from '../../checker/trace/replay.ts'
import { lastState } from '../../checker/trace/trace.ts'
import type { Surroundings } from '../../model/language/evaluate.ts'
import type { SourceAnchor } from '../../model/language/source-anchor.ts'
import type { State } from '../../model/language/state.ts'
import { shapeOf } from '../../model/language/state.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import { asksForShared, conditionsOf, describeConditions, standsBefore } from './describe-condition.ts'
import type { Shown } from './run-again.ts'
import { isShownOnTheWay, Rerun } from './run-again.ts'
import type { StepGroup } from './steps-that-matter.ts'

/** A step that would have had to wait. Steps are counted from 0. */
export interface Prevention {
  readonly group: StepGroup
  /** Position of the thread it waits for. */
  readonly culprit: number
  /** What its thread last asked of shared state, in the step or before, and found true; absent where it asked for nothing. */
  readonly found?: { readonly step: number; readonly says: string; readonly source?: SourceAnchor }
}

/** Steps that a call may still take once the others are held back. */
const mostSteps = 500

/**
 * Steps of other threads that prevent the violation *in this schedule* when they wait until the culprit's call is over: the last such step of
 * each thread. The trace is taken again up to the step; then its thread is held back while the others take theirs, the culprit finishes its
 * call, and last the thread takes the steps it was held back from. Steps that cannot be taken are left out. A step counts only if the call
 * begins and comes to its end, and no state or step of that run shows the violation.
 */
export function findPreventions(shown: Shown, groups: readonly StepGroup[], culprits: readonly number[]): readonly Prevention[] {
  const found = new Map<number, Prevention>()
  for (const culprit of culprits) {
    for (const group of [...groups].reverse()) {
      const at = group.at(-1) ?? 0
      const process = shown.trace.steps[at]?.process
      if (process === undefined || process === culprit || found.has(process)) continue
      if (!isPrevented(shown, at, { held: process, culprit })) continue
      const condition = conditionBefore(shown, at)
      found.set(process, { group, culprit, ...(condition === undefined ? {} : { found: condition }) })
    }
  }
  return [...found.values()]
}

/** The call a thread is in at the end of a trace, and how many of its steps came before it. */
interface LastCall {
  readonly activation: number | undefined
  readonly stepsBefore: number
}

function lastCallOf({ system, property, trace }: Shown, culprit: number): LastCall {
  const activations = trace.steps.filter(({ process }) => process === culprit).map(({ action }) => activationOf(system, action))
  // A thread that is stuck is in the call it would go on with; in a call that fails, the last step belongs to it.
  const isStuck = property.kind === 'no-deadlock'
  const activation = isStuck ? nextActivation(system, lastState(trace), culprit) : activations.at(-1)
  let stepsBefore = isStuck || activation !== undefined ? activations.length : activations.length - 1
  while (activation !== undefined && stepsBefore > 0) {
    const before = activations[stepsBefore - 1]
    if (before !== activation && before !== undefined) break
    stepsBefore--
  }
  return { activation, stepsBefore }
}

function isPrevented(shown: Shown, from: number, { held, culprit }: { readonly held: number; readonly culprit: number }): boolean {
  const { system, property, trace } = shown
  const run = new WatchedRun(shown)
  const call = lastCallOf(shown, culprit)
  let own = 0
  for (const [i, { action, process }] of trace.steps.entries()) {
    if (i >= from && process === held) continue
    const wasTaken = run.take(action)
    if (process === culprit && own++ < call.stepsBefore && !wasTaken) return false
  }
  if (!finishCall(run, system, { culprit, activation: call.activation })) return false
  for (const { action, process } of trace.steps.slice(from)) if (process === held) run.take(action)
  return !run.wasShown && !confirm(system, property, run.trace)
}

/** A run that notes whether it showed the violation. */
class WatchedRun extends Rerun {
  readonly #shown: Shown
  wasShown = false

  constructor(shown: Shown) {
    super(shown.system)
    this.#shown = shown
  }

  override take(position: number): boolean {
    const wasTaken = super.take(position)
    const { system, property } = this.#shown
    if (wasTaken && isShownOnTheWay(property)) this.wasShown ||= confirm(system, property, this.trace)
    return wasTaken
  }
}

/** Takes steps of the culprit, the first that can be taken each time, until its call is over; false if it waits for what is held back. */
function finishCall(
  run: Rerun,
  system: TransitionSystem,
  { culprit, activation }: { readonly culprit: number; readonly activation: number | undefined },
): boolean {
  for (let taken = 0; taken < mostSteps; taken++) {
    const next = positionsBefore(system, run.state, culprit)
    const told = next.find((position) => (system.actions[position]?.told.length ?? 0) > 0)
    const isOutside = told !== undefined && activationOf(system, told) !== activation
    if (next.length === 0 || isOutside || (activation === undefined && taken > 0)) return true
    if (!next.some((position) => run.take(position))) return false
  }
  return false
}

function positionsBefore(system: TransitionSystem, state: State, process: number): readonly number[] {
  const around: Surroundings = { shape: shapeOf(system.variables), system, state }
  return system.actions.flatMap((action, position) => (action.process === process && standsBefore(action, around) ? [position] : []))
}

function nextActivation(system: TransitionSystem, state: State, process: number): number | undefined {
  return positionsBefore(system, state, process)
    .map((position) => activationOf(system, position))
    .find((activation) => activation !== undefined)
}

function activationOf({ actions }: TransitionSystem, position: number): number | undefined {
  return actions[position]?.told[0]?.activation
}

function conditionBefore({ system, trace }: Shown, at: number): Prevention['found'] {
  const process = trace.steps[at]?.process
  const shape = shapeOf(system.variables)
  for (let step = at; step >= 0; step--) {
    const action = trace.steps[step]?.process === process ? system.actions[trace.steps[step]?.action ?? -1] : undefined
    if (action === undefined) continue
    const around: Surroundings = { shape, system, state: trace.steps[step - 1]?.state ?? trace.initial, action }
    const asked = conditionsOf(action).filter((condition) => asksForShared(condition, around))
    if (asked.length === 0) continue
    const source = action.told[0]?.source
    return { step, says: describeConditions(asked, around), ...(source === undefined ? {} : { source }) }
  }
  return undefined
}
