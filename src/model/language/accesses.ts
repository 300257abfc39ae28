import type { Action } from './action.ts'
import { isSameScalarset } from './allocate.ts'
import type { Domain } from './domain.ts'
import { firstMember, memberCount } from './domain.ts'
import type { Expression, Read } from './expression.ts'
import { operandsOf } from './expression.ts'
import type { StateShape } from './state.ts'
import { elementCount, indicesOf } from './state.ts'
import type { Allocation, TransitionSystem } from './transition-system.ts'

/** What an action looks at and what it may change: names of variables, or slots of a state. */
export interface Accesses<Place extends string | number> {
  readonly reads: ReadonlySet<Place>
  readonly writes: ReadonlySet<Place>
}

/** Names of the variables an expression reads, before or after the transition, those in indices included. */
export function variablesRead(expression: Expression): ReadonlySet<string> {
  return new Set(readsWithin(expression).map((read) => read.variable))
}

/**
 * What the text of an action reads (guard, right sides, indices of targets, conditions of events) and assigns. What `fresh` looks at and what
 * the collection of forgotten identities resets is not in it: `slotAccessesOf` has that too.
 */
export function accessesOf(action: Action): Accesses<string> {
  return {
    reads: new Set(expressionsOf(action).flatMap((expression) => [...variablesRead(expression)])),
    writes: new Set(action.assignments.map(({ target }) => target.variable)),
  }
}

/**
 * Slots an expression may read in some state. A literal index selects, a bound name stands for every member of its domain, and any other
 * index for every member of the index domain; so the set may be too large, never too small.
 */
export function slotsRead(shape: StateShape, expression: Expression): ReadonlySet<number> {
  return new Set(readsWithin(expression).flatMap((read) => slotsOf(shape, read)))
}

/**
 * Slots an action may read and write in some state, with what `fresh` looks at and with the collection of forgotten identities that its
 * assignments may set off. Never too small, so two actions are independent if neither writes what the other reads or writes.
 */
export function slotAccessesOf(system: TransitionSystem, shape: StateShape, action: Action): Accesses<number> {
  const reads = new Set(expressionsOf(action).flatMap((expression) => [...slotsRead(shape, expression)]))
  const writes = new Set(action.assignments.flatMap(({ target }) => slotsOf(shape, target)))
  for (const allocation of allocationsAsked(system, action)) {
    for (const slot of slotsDeciding(shape, allocation)) reads.add(slot)
  }
  const waiting = new Set(system.allocations)
  const isSetOff = (allocation: Allocation): boolean => slotsDeciding(shape, allocation).some((slot) => writes.has(slot))
  // What one collection resets may set off another, so the search begins again after each.
  for (let next = [...waiting].find(isSetOff); next !== undefined; next = [...waiting].find(isSetOff)) {
    waiting.delete(next)
    for (const slot of slotsDeciding(shape, next)) reads.add(slot)
    for (const slot of slotsCollected(shape, next)) writes.add(slot)
  }
  return { reads, writes }
}

/** Allocations of which the action takes a fresh member. */
function allocationsAsked(system: TransitionSystem, action: Action): readonly Allocation[] {
  const asked = expressionsOf(action).flatMap(freshWithin)
  return system.allocations.filter(({ domain }) => asked.some((each) => isSameScalarset(domain, each)))
}

function freshWithin(expression: Expression): readonly Domain[] {
  return expression.kind === 'fresh' ? [expression.domain] : operandsOf(expression).flatMap(freshWithin)
}

/** Slots on which it depends which members of the allocation are in use. */
function slotsDeciding(shape: StateShape, allocation: Allocation): readonly number[] {
  const referring = shape.domains.flatMap((domain, slot) => (isSameScalarset(domain, allocation.domain) ? [slot] : []))
  return [...referring, ...slotsRead(shape, allocation.reusable)]
}

/** Slots that are reset when a member of the allocation is forgotten. */
function slotsCollected(shape: StateShape, { domain }: Allocation): readonly number[] {
  const distinguished = domain.kind === 'scalarset' ? domain.distinguished.length : 0
  return shape.variables.flatMap((variable) => {
    const first = shape.firstSlot.get(variable.name) ?? 0
    return variable.initial.flatMap((_, element) => {
      const indices = indicesOf(variable.indexedBy, element)
      const isReset = variable.indexedBy.some((index, i) => isSameScalarset(index, domain) && (indices[i] ?? 0) >= distinguished)
      return isReset ? [first + element] : []
    })
  })
}

/** Everything the action evaluates; of a target only the indices. */
function expressionsOf(action: Action): readonly Expression[] {
  return [
    action.guard,
    ...action.assignments.flatMap(({ target, value }) => [...target.indices, value]),
    ...action.events.map((event) => event.when),
  ]
}

function readsWithin(expression: Expression): readonly Read[] {
  const inner = operandsOf(expression).flatMap(readsWithin)
  return expression.kind === 'read' ? [expression, ...inner] : inner
}

function slotsOf(shape: StateShape, read: Read): readonly number[] {
  const variable = shape.byName.get(read.variable)
  const first = shape.firstSlot.get(read.variable)
  if (variable === undefined || first === undefined) return []
  const possible = read.indices.map(possibleValues)
  return Array.from({ length: elementCount(variable.indexedBy) }, (_, element) => element)
    .filter((element) => indicesOf(variable.indexedBy, element).every((value, i) => possible[i]?.has(value) ?? true))
    .map((element) => first + element)
}

/** Values an index may take; undefined if nothing is known. */
function possibleValues(index: Expression): ReadonlySet<number> | undefined {
  if (index.kind === 'literal') return new Set([index.value])
  if (index.kind !== 'bound') return undefined
  const first = firstMember(index.domain)
  return new Set(Array.from({ length: memberCount(index.domain) }, (_, offset) => first + offset))
}
