import type { Action } from '../../src/model/language/action.ts'
import type { Domain } from '../../src/model/language/domain.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { ToyScene } from './toy-meaning.ts'
import { freeMembers, isAlike, meaning, where } from './toy-meaning.ts'
import type { ToyState } from './toy-state.ts'
import { expand, fail, initialState, membersOf, textOf } from './toy-state.ts'

/** The state after an enabled action, forgotten identities collected. */
export function step(system: TransitionSystem, state: ToyState, action: Action): ToyState {
  const scene: ToyScene = { system, state, bound: new Map(), action }
  const changed = new Map<string, number>()
  for (const { target, value } of action.assignments) {
    const at = where(target, scene)
    const result = meaning(value, scene)
    const domain = system.variables.find((variable) => variable.name === target.variable)?.domain
    if (domain === undefined || !valuesOf(domain).includes(result)) fail('MC110')
    if (changed.has(at)) fail('MC115')
    changed.set(at, result)
  }
  let next = new Map([...state].map(([at, value]) => [at, changed.get(at) ?? value] as const))
  for (let settled = false; !settled; ) {
    const before = textOf(next)
    for (const { domain } of system.allocations) {
      const free = freeMembers({ ...scene, state: next }, domain)
      next = new Map([...next].map(([at, value]) => [at, isPartOf(system, at, domain, free) ? first(system, at) : value] as const))
    }
    settled = textOf(next) === before
  }
  return next
}

function first(system: TransitionSystem, at: string): number {
  return initialState(system).get(at) ?? fail('initial')
}

/** Whether the element belongs to one of the members: has it among the indices of its scalarset. */
function isPartOf(system: TransitionSystem, at: string, domain: Domain, members: readonly number[]): boolean {
  const { variable, indices } = membersOf(system, at)
  return variable.indexedBy.some((index, i) => isAlike(index, domain) && members.includes(indices[i] ?? -1))
}

function valuesOf(domain: Domain): readonly number[] {
  return expand(domain, domain.kind !== 'range' && domain.kind !== 'boolean' && domain.orNone)
}
