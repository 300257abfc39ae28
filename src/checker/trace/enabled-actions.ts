import type { Action } from '../../model/language/action.ts'
import { isEnabled } from '../../model/language/evaluate.ts'
import type { Expression } from '../../model/language/expression.ts'
import type { State } from '../../model/language/state.ts'
import { shapeOf } from '../../model/language/state.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'

export interface EnabledAction {
  readonly position: number
  readonly action: Action
}

/** The actions that may happen in a state, in declaration order, by the reference semantics. */
export function enabledActions(system: TransitionSystem, state: State): readonly EnabledAction[] {
  const shape = shapeOf(system.variables)
  return candidatesAt(indexOf(system), state)
    .flatMap((position): readonly EnabledAction[] => {
      const action = system.actions[position]
      return action === undefined ? [] : [{ position, action }]
    })
    .filter(({ action }) => isEnabled(system, shape, state, action))
}

/**
 * Actions by what their guards ask first. Compiled programs guard each action with "the program counter is here", so that in a state all but
 * a few are out of the question.
 */
interface ActionIndex {
  /** By slot, then by its value: positions of the actions that need this value there. */
  readonly bySlot: ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>
  /** Positions of actions whose guards begin in another way. */
  readonly others: readonly number[]
}

const remembered = new WeakMap<TransitionSystem, ActionIndex>()

function indexOf(system: TransitionSystem): ActionIndex {
  const known = remembered.get(system)
  if (known !== undefined) return known
  const { firstSlot } = shapeOf(system.variables)
  const bySlot = new Map<number, Map<number, number[]>>()
  const others: number[] = []
  for (const [position, { guard }] of system.actions.entries()) {
    const test = firstTest(guard)
    const slot = test && firstSlot.get(test.variable)
    if (test === undefined || slot === undefined) {
      others.push(position)
      continue
    }
    const byValue = bySlot.get(slot) ?? new Map<number, number[]>()
    bySlot.set(slot, byValue)
    byValue.set(test.value, [...(byValue.get(test.value) ?? []), position])
  }
  const index = { bySlot, others }
  remembered.set(system, index)
  return index
}

function candidatesAt({ bySlot, others }: ActionIndex, state: State): readonly number[] {
  const candidates = [...others]
  for (const [slot, byValue] of bySlot) candidates.push(...(byValue.get(state[slot] ?? 0) ?? []))
  return candidates.sort((left, right) => left - right)
}

/** "This variable has this value", if a guard begins with that: where it is false, so is the guard, and nothing can go wrong before it. */
function firstTest(guard: Expression): { readonly variable: string; readonly value: number } | undefined {
  const first = guard.kind === 'and' ? guard.operands[0] : guard
  if (first?.kind !== 'equal' || first.left.kind !== 'read' || first.right.kind !== 'literal') return undefined
  return first.left.indices.length > 0 ? undefined : { variable: first.left.variable, value: first.right.value }
}
