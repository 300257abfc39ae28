import { apply, evaluate, isEnabled } from '../../model/language/evaluate.ts'
import type { Expression } from '../../model/language/expression.ts'
import type { State } from '../../model/language/state.ts'
import { shapeOf } from '../../model/language/state.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'

/** The reference semantics is slow: beyond so many states the search is believed. */
const mostStates = 2_000

/**
 * Whether no state that satisfies the goal is met on the way from a state, by the reference semantics, nearest first. Looks at 2,000 states at
 * most; where there are more, none of those may satisfy it.
 */
export function isTrap(system: TransitionSystem, goal: Expression, from: State): boolean {
  const shape = shapeOf(system.variables)
  const seen = new Set([from.join()])
  const open: State[] = [from]
  for (const state of open) {
    if (evaluate(goal, { shape, system, state }) !== 0) return false
    for (const action of system.actions) {
      if (seen.size >= mostStates) break
      if (!isEnabled(system, shape, state, action)) continue
      const after = apply(system, shape, state, action)
      const key = after.join()
      if (seen.has(key)) continue
      seen.add(key)
      open.push(after)
    }
  }
  return true
}
