import { InternalError } from '../../../foundation/diagnostic.ts'
import { isSameScalarset } from '../../../model/language/allocate.ts'
import { firstMember, highestValue, lowestValue, memberCount } from '../../../model/language/domain.ts'
import type { Read } from '../../../model/language/expression.ts'
import type { StateShape } from '../../../model/language/state.ts'
import type { TransitionSystem } from '../../../model/language/transition-system.ts'
import type { Variable } from '../../../model/language/variable.ts'

/** Where a variable's elements stand, worked out once per variable. */
export interface PlacedVariable {
  readonly variable: Variable
  readonly firstSlot: number
  readonly lowest: number
  readonly highest: number
  readonly dimensions: readonly Dimension[]
}

/** One index: its first member, how many there are, and how many slots apart their elements stand. */
export interface Dimension {
  readonly first: number
  readonly size: number
  readonly stride: number
}

/** What generating code needs to know about the slots of a system. */
export interface SlotTable {
  readonly shape: StateShape
  readonly variables: ReadonlyMap<string, PlacedVariable>
  /** Per slot, whether it has its initial value in every state. */
  readonly isConstant: readonly boolean[]
}

export function tabulateSlots(system: TransitionSystem, shape: StateShape): SlotTable {
  const variables = new Map<string, PlacedVariable>()
  for (const variable of shape.variables) variables.set(variable.name, place(variable, shape))
  return { shape, variables, isConstant: constantSlots(system, shape, variables) }
}

export function placedVariable(slots: SlotTable, name: string): PlacedVariable {
  const found = slots.variables.get(name)
  if (found === undefined) throw new InternalError('MC901', `variable "${name}" is not declared`)
  return found
}

function place(variable: Variable, shape: StateShape): PlacedVariable {
  let stride = variable.initial.length
  const dimensions = variable.indexedBy.map((domain) => {
    const size = memberCount(domain)
    stride /= size
    return { first: firstMember(domain), size, stride }
  })
  const firstSlot = shape.firstSlot.get(variable.name) ?? 0
  return {
    variable,
    firstSlot,
    lowest: lowestValue(variable.domain),
    highest: highestValue(variable.domain),
    dimensions,
  }
}

/**
 * Slots that no assignment can reach. A reference to an interchangeable member of an allocated scalarset is never constant: renaming the
 * members would change it.
 */
function constantSlots(system: TransitionSystem, shape: StateShape, variables: ReadonlyMap<string, PlacedVariable>): readonly boolean[] {
  const isConstant = shape.initial.map(() => true)
  for (const action of system.actions) {
    for (const { target } of action.assignments) markAssigned(target, variables.get(target.variable), isConstant)
  }
  for (const { domain } of system.allocations) {
    if (domain.kind !== 'scalarset') continue
    for (const [slot, value] of shape.initial.entries()) {
      if (value >= domain.distinguished.length && isSameScalarset(shape.domains[slot], domain)) isConstant[slot] = false
    }
  }
  return isConstant
}

function markAssigned(target: Read, placed: PlacedVariable | undefined, isConstant: boolean[]): void {
  if (placed === undefined) return
  let slot = placed.firstSlot
  for (const [i, index] of target.indices.entries()) {
    const dimension = placed.dimensions[i]
    if (index.kind !== 'literal' || dimension === undefined) {
      isConstant.fill(false, placed.firstSlot, placed.firstSlot + placed.variable.initial.length)
      return
    }
    slot += (index.value - dimension.first) * dimension.stride
  }
  if (slot >= 0 && slot < isConstant.length) isConstant[slot] = false
}
