import type { Action } from '../../../model/language/action.ts'
import type { Expression } from '../../../model/language/expression.ts'
import { locate } from './locate.ts'
import type { SlotTable } from './slots.ts'
import { placedVariable } from './slots.ts'
import { constantValue } from './term.ts'

/** An action with what is left of its guard once the switch has chosen its case. */
export interface DispatchedAction {
  readonly position: number
  readonly action: Action
  readonly conjuncts: readonly Expression[]
}

/** Consecutive actions that are tried together: all of them, or those whose control variable has the value of their case. */
export type ActionGroup =
  | { readonly kind: 'plain'; readonly actions: DispatchedAction[] }
  | { readonly kind: 'switch'; readonly slot: number; readonly cases: Map<number, DispatchedAction[]> }

/** Groups the actions so that trying group after group, and in a group the actions of one case, keeps the order of actions. */
export function groupActions(actions: readonly Action[], slots: SlotTable): readonly ActionGroup[] {
  const groups: ActionGroup[] = []
  for (const [position, action] of actions.entries()) {
    const conjuncts = conjunctsOf(action.guard)
    const location = conjuncts[0] === undefined ? undefined : controlLocation(conjuncts[0], slots)
    const last = groups.at(-1)
    if (location === undefined) {
      const entry = { position, action, conjuncts }
      if (last?.kind === 'plain') last.actions.push(entry)
      else groups.push({ kind: 'plain', actions: [entry] })
      continue
    }
    const entry = { position, action, conjuncts: conjuncts.slice(1) }
    let group = last
    if (group?.kind !== 'switch' || group.slot !== location.slot) {
      group = { kind: 'switch', slot: location.slot, cases: new Map() }
      groups.push(group)
    }
    const sameCase = group.cases.get(location.value)
    if (sameCase === undefined) group.cases.set(location.value, [entry])
    else sameCase.push(entry)
  }
  return groups
}

/** A conjunction of conjunctions is one, evaluated from left to right. */
function conjunctsOf(guard: Expression): readonly Expression[] {
  return guard.kind === 'and' ? guard.operands.flatMap(conjunctsOf) : [guard]
}

/** The slot and value of "this control variable has this value". */
function controlLocation(conjunct: Expression, slots: SlotTable): { readonly slot: number; readonly value: number } | undefined {
  if (conjunct.kind !== 'equal') return undefined
  const [read, value] = conjunct.left.kind === 'read' ? [conjunct.left, conjunct.right] : [conjunct.right, conjunct.left]
  if (read.kind !== 'read' || value.kind !== 'literal') return undefined
  const placed = placedVariable(slots, read.variable)
  if (placed.variable.role !== 'control') return undefined
  const indices = read.indices.flatMap((index) => (index.kind === 'literal' ? [constantValue(index.value)] : []))
  if (indices.length !== read.indices.length) return undefined
  const { slot } = locate(placed, indices)
  return slot === undefined || slots.isConstant[slot] ? undefined : { slot, value: value.value }
}
