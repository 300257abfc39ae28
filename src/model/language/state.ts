import type { Domain } from './domain.ts'
import { firstMember, memberCount } from './domain.ts'
import type { Variable } from './variable.ts'

/** One value for every element of every variable, in declaration order. */
export type State = readonly number[]

/** Where each variable's elements stand in a state. */
export interface StateShape {
  readonly variables: readonly Variable[]
  /** First slot of each variable, by name. */
  readonly firstSlot: ReadonlyMap<string, number>
  readonly byName: ReadonlyMap<string, Variable>
  /** Domain of every slot. */
  readonly domains: readonly Domain[]
  readonly initial: State
}

/** Shapes by the list they are of: replaying, confirming and telling ask for the same one again and again. */
const remembered = new WeakMap<readonly Variable[], StateShape>()

/** Lays the elements of the variables out one after the other. The list must not change afterwards: each is laid out once. */
export function shapeOf(variables: readonly Variable[]): StateShape {
  const known = remembered.get(variables)
  if (known !== undefined) return known
  const shape = layOutElements(variables)
  remembered.set(variables, shape)
  return shape
}

function layOutElements(variables: readonly Variable[]): StateShape {
  const firstSlot = new Map<string, number>()
  const domains: Domain[] = []
  const initial: number[] = []
  for (const variable of variables) {
    firstSlot.set(variable.name, domains.length)
    for (const value of variable.initial) {
      domains.push(variable.domain)
      initial.push(value)
    }
  }
  return { variables, firstSlot, byName: new Map(variables.map((v) => [v.name, v])), domains, initial }
}

/** Number of elements: the product of the index domains' sizes. */
export function elementCount(indexedBy: readonly Domain[]): number {
  return indexedBy.reduce((product, domain) => product * memberCount(domain), 1)
}

/**
 * Position of an element among its variable's elements, the last index changing fastest; undefined when an index is `none` or outside.
 */
export function elementAt(indexedBy: readonly Domain[], indices: readonly number[]): number | undefined {
  let position = 0
  for (const [i, domain] of indexedBy.entries()) {
    const offset = (indices[i] ?? -1) - firstMember(domain)
    const size = memberCount(domain)
    if (offset < 0 || offset >= size) return undefined
    position = position * size + offset
  }
  return position
}

/** The index values of an element: the inverse of `elementAt`. */
export function indicesOf(indexedBy: readonly Domain[], element: number): readonly number[] {
  const indices: number[] = []
  let rest = element
  for (const domain of [...indexedBy].reverse()) {
    const size = memberCount(domain)
    indices.unshift((rest % size) + firstMember(domain))
    rest = Math.floor(rest / size)
  }
  return indices
}
