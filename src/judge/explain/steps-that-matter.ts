import { minimize } from './minimize.ts'
import type { Shown } from './run-again.ts'
import { showsLeniently, showsWithEffectsOf } from './run-again.ts'

/** Steps of a trace, counted from 0, that belong together: a told step and the silent ones of the same thread before it. */
export type StepGroup = readonly number[]

export interface StepsThatMatter {
  /** All of them. */
  readonly groups: readonly StepGroup[]
  /** None of these can be left out: without it, and without what can then not be taken, the violation is not shown. */
  readonly needed: readonly StepGroup[]
  /**
   * Where only these have effects, and all other steps change nothing but where their thread stands, the same run still ends in the violation;
   * of these none can be without. The last step of the trace is always one.
   */
  readonly effective: readonly StepGroup[]
}

/** Beyond so many steps in a row, only whole calls are tried together. */
const longestPiece = 8

/**
 * Which steps of a counterexample matter, in two meanings. A shortest trace needs all its steps: a run without some of them would be shorter.
 * Both sets are minimal; smaller ones may exist. Cost: some hundred replays by the reference semantics.
 */
export function stepsThatMatter(shown: Shown): StepsThatMatter {
  const { system, trace } = shown
  const groups = groupSteps(shown)
  const last = trace.steps.length - 1
  const needed = minimizeCallsAndSteps(shown, groups, (kept) => {
    const steps = kept.flat().sort((left, right) => left - right)
    return showsLeniently(
      shown,
      steps.flatMap((step) => trace.steps[step]?.action ?? []),
    )
  })
  const movesOnly = (step: number): boolean => (system.actions[trace.steps[step]?.action ?? -1]?.assignments.length ?? 0) <= 1
  const candidates = groups.filter((group) => !group.includes(last) && !group.every(movesOnly))
  const effective = minimizeCallsAndSteps(shown, candidates, (kept) => {
    const steps = new Set([...kept.flat(), last])
    return showsWithEffectsOf(shown, (step) => steps.has(step))
  })
  return { groups, needed, effective: [...effective, ...groups.filter((group) => group.includes(last))] }
}

/** Whole calls first: what a call takes and gives back can go only together. */
function minimizeCallsAndSteps(
  shown: Shown,
  groups: readonly StepGroup[],
  holds: (kept: readonly StepGroup[]) => boolean,
): readonly StepGroup[] {
  const calls = minimize(callsOf(shown, groups), (kept) => holds(kept.flat()))
  const inOrder = calls.flat().sort((left, right) => (left.at(-1) ?? 0) - (right.at(-1) ?? 0))
  return minimize(inOrder, holds, longestPiece)
}

/** The steps of a trace as a reader counts them, in order of their last step. */
export function groupSteps({ system, trace }: Pick<Shown, 'system' | 'trace'>): readonly StepGroup[] {
  const open = new Map<number, number[]>()
  const groups: number[][] = []
  for (const [i, { action, process }] of trace.steps.entries()) {
    const group = [...(open.get(process) ?? []), i]
    open.set(process, group)
    if (system.actions[action]?.told.length === 0 && i < trace.steps.length - 1) continue
    groups.push(group)
    open.delete(process)
  }
  return [...groups, ...open.values()]
}

/** Groups of one thread that follow each other within one call of the program, or outside of calls. */
function callsOf({ system, trace }: Pick<Shown, 'system' | 'trace'>, groups: readonly StepGroup[]): readonly (readonly StepGroup[])[] {
  const calls: StepGroup[][] = []
  const open = new Map<number, { readonly activation: number | undefined; readonly call: StepGroup[] }>()
  for (const group of groups) {
    const step = trace.steps[group.at(-1) ?? -1]
    if (step === undefined) continue
    const activation = system.actions[step.action]?.told[0]?.activation
    const current = open.get(step.process)
    if (current !== undefined && current.activation === activation) {
      current.call.push(group)
      continue
    }
    const call = [group]
    open.set(step.process, { activation, call })
    calls.push(call)
  }
  return calls
}
