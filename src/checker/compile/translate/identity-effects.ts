import { variablesRead } from '../../../model/language/accesses.ts'
import type { Action } from '../../../model/language/action.ts'
import { isSameScalarset } from '../../../model/language/allocate.ts'
import type { Allocation, TransitionSystem } from '../../../model/language/transition-system.ts'
import { reusableMember } from '../../../model/language/transition-system.ts'
import type { SlotTable } from './slots.ts'
import type { Term } from './term.ts'
import { constantCondition, interchangeableMember } from './term.ts'
import { plainScope, translateCondition } from './translate-expression.ts'

/** Which actions may change which identities are in use, or how they are numbered; after the others nothing is to be done. */
export interface IdentityEffects {
  mayDisturb(action: Action): boolean
  /** Variables whose elements the collection of forgotten identities may reset. */
  readonly collected: ReadonlySet<string>
}

/**
 * An action disturbs identities if it may write a reference to one, an element that belongs to one, or a variable that decides whether one is
 * reusable: otherwise collecting and renaming leave alone what they left alone before. Where asking for `reusable` may itself go wrong, every
 * action has to ask.
 */
export function analyseIdentityEffects(system: TransitionSystem, slots: SlotTable): IdentityEffects {
  const deciding = new Set(system.allocations.flatMap(({ reusable }) => [...variablesRead(reusable)]))
  const collected = new Set<string>()
  for (const { domain } of system.allocations) {
    for (const { name, domain: valueDomain, indexedBy } of system.variables) {
      const isOwned = indexedBy.some((index) => isSameScalarset(index, domain))
      if (isOwned) collected.add(name)
      if (isOwned || isSameScalarset(valueDomain, domain)) deciding.add(name)
    }
  }
  const isAlways = system.allocations.some((allocation) => translateReusable(allocation, slots).canFail)
  return {
    collected,
    mayDisturb: (action) => isAlways || action.assignments.some(({ target }) => deciding.has(target.variable)),
  }
}

/** Whether an interchangeable member, by default the one in the local `member`, is reusable in the state before. */
export function translateReusable({ domain, reusable }: Allocation, slots: SlotTable, member?: Term): Term {
  if (domain.kind !== 'scalarset' || domain.interchangeable === 0) return constantCondition(true)
  const bound = new Map([[reusableMember, member ?? interchangeableMember(domain, 'member')]])
  return translateCondition(reusable, { ...plainScope(slots), bound })
}
