import { InternalError } from '../../foundation/diagnostic.ts'
import type { Action } from './action.ts'
import { elementsOf, isSameScalarset, membersInUse } from './allocate.ts'
import type { Domain } from './domain.ts'
import { contains, describeValue, firstMember, highestValue, lowestValue, memberCount } from './domain.ts'
import type { Expression, Quantifier, Read } from './expression.ts'
import { ModelError } from './model-error.ts'
import type { State, StateShape } from './state.ts'
import { elementAt } from './state.ts'
import type { Allocation, TransitionSystem } from './transition-system.ts'
import { reusableMember } from './transition-system.ts'

/** Everything an expression may refer to. A transition formula needs the last three, a state formula only `state`. */
export interface Surroundings {
  readonly shape: StateShape
  readonly system: TransitionSystem
  readonly state: State
  readonly bound?: ReadonlyMap<string, number>
  readonly after?: State
  readonly action?: Action
}

/**
 * The value of an expression: the reference meaning of the language. Slow, obvious, trusted; generated code is tested against it.
 * Throws a ModelError when an index is `none` or outside its domain.
 */
export function evaluate(expression: Expression, around: Surroundings): number {
  switch (expression.kind) {
    case 'literal':
      return expression.value
    case 'read':
      return valueAt(around.state, slotOf(expression, around))
    case 'bound':
      return around.bound?.get(expression.name) ?? missing()
    case 'not':
      return truthValue(!holds(expression.operand, around))
    case 'and':
      return truthValue(expression.operands.every((operand) => holds(operand, around)))
    case 'or':
      return truthValue(expression.operands.some((operand) => holds(operand, around)))
    case 'equal':
      return truthValue(evaluate(expression.left, around) === evaluate(expression.right, around))
    case 'less':
      return truthValue(evaluate(expression.left, around) < evaluate(expression.right, around))
    case 'add':
      return evaluate(expression.left, around) + evaluate(expression.right, around)
    case 'subtract':
      return evaluate(expression.left, around) - evaluate(expression.right, around)
    case 'conditional':
      return evaluate(holds(expression.condition, around) ? expression.then : expression.otherwise, around)
    case 'exists':
      return truthValue(bindings(expression, around).some((each) => holds(expression.body, each)))
    case 'forAll':
      return truthValue(bindings(expression, around).every((each) => holds(expression.body, each)))
    case 'count':
      return bindings(expression, around).filter((each) => holds(expression.body, each)).length
    case 'fresh':
      return freshMember(expression.domain, around)
    case 'after':
      return valueAt(around.after, slotOf(expression.read, around))
    case 'actor':
      return around.action?.process ?? missing()
    case 'event':
      return truthValue(happensNow(expression.name, around))
  }
}

function holds(formula: Expression, around: Surroundings): boolean {
  return evaluate(formula, around) !== 0
}

function truthValue(claim: boolean): number {
  return claim ? 1 : 0
}

function valueAt(state: State | undefined, slot: number): number {
  return state?.[slot] ?? missing()
}

/** The surroundings once for each member the quantifier ranges over, in order. */
function bindings({ name, domain }: Quantifier, around: Surroundings): readonly Surroundings[] {
  const first = firstMember(domain)
  return Array.from({ length: memberCount(domain) }, (_, offset) => withBound(around, name, first + offset))
}

function happensNow(name: string, around: Surroundings): boolean {
  return around.action?.events.some((event) => event.name === name && holds(event.when, around)) ?? false
}

/** Whether the action may happen in the state. */
export function isEnabled(system: TransitionSystem, shape: StateShape, state: State, action: Action): boolean {
  return holds(action.guard, { shape, system, state, action })
}

/**
 * The state after an enabled action. Throws a ModelError when a value is outside its variable's domain, when two assignments meet in one
 * element, or when no identity is left to allocate.
 */
export function apply(system: TransitionSystem, shape: StateShape, state: State, action: Action): State {
  const around: Surroundings = { shape, system, state, action }
  const next = [...state]
  const assigned = new Set<number>()
  for (const { target, value } of action.assignments) {
    const slot = slotOf(target, around)
    const result = evaluate(value, around)
    const domain = shape.domains[slot] ?? missing()
    if (!contains(domain, result)) {
      const [lowest, highest] = [lowestValue(domain), highestValue(domain)].map((value) => describeValue(domain, value))
      const found = `"${target.variable}" would become ${describeValue(domain, result)}`
      throw new ModelError('MC110', found, action.name, `its domain goes from ${lowest} to ${highest}`)
    }
    if (assigned.has(slot)) throw new ModelError('MC115', `"${target.variable}" is assigned twice at once`, action.name)
    assigned.add(slot)
    next[slot] = result
  }
  return collectForgotten({ shape, system, state: next })
}

function slotOf(read: Read, around: Surroundings): number {
  const variable = around.shape.byName.get(read.variable) ?? missing()
  const indices = read.indices.map((index) => evaluate(index, around))
  const element = elementAt(variable.indexedBy, indices)
  if (element === undefined) {
    throw new ModelError('MC111', `"${read.variable}" is read at index ${indices.join(', ')}`, around.action?.name ?? 'a formula')
  }
  return (around.shape.firstSlot.get(read.variable) ?? missing()) + element
}

function freshMember(domain: Domain, around: Surroundings): number {
  const allocation = around.system.allocations.find((candidate) => isSameScalarset(candidate.domain, domain)) ?? missing()
  const inUse = allocatedMembers(allocation, around)
  const first = domain.kind === 'scalarset' ? domain.distinguished.length : missing()
  for (let member = first; member <= highestValue(domain); member++) if (!inUse.has(member)) return member
  const name = domain.kind === 'scalarset' ? domain.name : 'identity'
  throw new ModelError('MC114', `every ${name} is in use`, around.action?.name ?? 'a formula')
}

function allocatedMembers(allocation: Allocation, around: Surroundings): ReadonlySet<number> {
  return membersInUse(around.shape, around.state, allocation.domain, (member) =>
    holds(allocation.reusable, withBound(around, reusableMember, member)),
  )
}

/**
 * Resets the elements of every forgotten member of every allocation to their initial values. Repeats until nothing changes, because a reset
 * element may have been the last to refer to a member of another allocation: `fresh` must never hand out one whose elements are stale.
 */
function collectForgotten(around: Surroundings): State {
  const next = [...around.state]
  let changed = true
  while (changed) {
    changed = false
    for (const allocation of around.system.allocations) {
      for (const slot of forgottenElements(allocation, { ...around, state: next })) {
        const initial = around.shape.initial[slot] ?? missing()
        if (next[slot] !== initial) changed = true
        next[slot] = initial
      }
    }
  }
  return next
}

function forgottenElements(allocation: Allocation, around: Surroundings): readonly number[] {
  const domain = allocation.domain
  if (domain.kind !== 'scalarset') return []
  const inUse = allocatedMembers(allocation, around)
  const slots: number[] = []
  for (let member = domain.distinguished.length; member <= highestValue(domain); member++) {
    if (!inUse.has(member)) slots.push(...elementsOf(around.shape, domain, member))
  }
  return slots
}

function withBound(around: Surroundings, name: string, member: number): Surroundings {
  return { ...around, bound: new Map([...(around.bound ?? []), [name, member]]) }
}

function missing(): never {
  throw new InternalError('MC901', 'an expression that validation should have refused was evaluated')
}
