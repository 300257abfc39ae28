import type { Action, Assignment } from '../../model/language/action.ts'
import type { Sort } from '../../model/language/domain.ts'
import { sortOfDomain } from '../../model/language/domain.ts'
import type { Expression } from '../../model/language/expression.ts'
import { operandsOf } from '../../model/language/expression.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'

/** What stands in one process where something else stands in another, if their actions are written alike. */
export interface Counterpart {
  /** Names of variables of the one that are others in the other. */
  readonly variables: ReadonlyMap<string, string>
  /** The value of the one, and of the other, in each enumeration or scalarset that tells them apart: "thread 1", "thread 2". */
  readonly values: ReadonlyMap<Sort, readonly [number, number]>
}

/**
 * Reads the actions of two processes side by side, in order of declaration. Undefined where they are not written alike. That they are
 * interchangeable does not follow: what else speaks of them is not looked at.
 */
export function findCounterpart(system: TransitionSystem, one: number, other: number): Counterpart | undefined {
  const actionsOf = (process: number): readonly Action[] => system.actions.filter((action) => action.process === process)
  const [left, right] = [actionsOf(one), actionsOf(other)]
  const comparison = new Comparison()
  const isAlike = areAlike(left, right, (a, b) => comparison.conditions(a, b)) && areAlike(left, right, (a, b) => comparison.effects(a, b))
  return isAlike ? comparison.counterpart() : undefined
}

/** What stands in one of two processes where something else stands in the other, both by what stands there in a third. */
export function counterpartBetween(earlier: Counterpart, later: Counterpart): Counterpart {
  const variables = [...later.variables].map(([first, name]) => [earlier.variables.get(first) ?? first, name] as const)
  const values = [...later.values].map(([sort, [first, value]]) => [sort, [earlier.values.get(sort)?.[1] ?? first, value]] as const)
  return { variables: new Map(variables), values: new Map(values) }
}

class Comparison {
  readonly #variables = new Map<string, string>()
  readonly #values = new Map<Sort, Map<number, number>>()

  conditions(left: Action, right: Action): boolean {
    return (
      this.#expressions(left.guard, right.guard) &&
      areAlike(left.events, right.events, (one, other) => one.name === other.name && this.#expressions(one.when, other.when))
    )
  }

  /** Learns what it can from assignments, which have no order: first from those to variables whose counterpart is known, or to the same one. */
  effects(left: Action, right: Action): boolean {
    const remaining = plainOf(right)
    const take = (isIt: (assignment: Assignment) => boolean): Assignment | undefined => {
      const position = remaining.findIndex(isIt)
      return position < 0 ? undefined : remaining.splice(position, 1)[0]
    }
    const ones = plainOf(left)
    const named = ones.map(({ target: { variable } }) =>
      take((other) => other.target.variable === (this.#variables.get(variable) ?? variable)),
    )
    for (const [i, one] of ones.entries()) {
      const other = named[i] ?? take(() => true)
      if (other === undefined || !this.#expressions(one.target, other.target) || !this.#expressions(one.value, other.value)) return false
    }
    return left.assignments.length === right.assignments.length
  }

  /** Undefined unless each enumeration has one value for each of them. */
  counterpart(): Counterpart | undefined {
    const values = new Map<Sort, readonly [number, number]>()
    for (const [sort, counterparts] of this.#values) {
      const moved = [...counterparts].filter(([one, other]) => one !== other)
      if (moved.length > 2) return undefined
      if (moved[0] !== undefined) values.set(sort, moved[0])
    }
    const seen = new Set<string>()
    const moved = [...this.#variables].filter(([one, other]) => one !== other && !seen.has(one) && seen.add(other))
    return { variables: new Map(moved), values }
  }

  #expressions(left: Expression, right: Expression): boolean {
    return (
      left.kind === right.kind &&
      this.#nodes(left, right) &&
      areAlike(operandsOf(left), operandsOf(right), (a, b) => this.#expressions(a, b))
    )
  }

  /** What two nodes of one kind say beside their operands. */
  #nodes(left: Expression, right: Expression): boolean {
    switch (left.kind) {
      case 'literal':
        return right.kind === 'literal' && this.#literals(left, right)
      case 'read':
        return right.kind === 'read' && noted(this.#variables, left.variable, right.variable)
      case 'bound':
      case 'event':
        return right.kind === left.kind && left.name === right.name
      case 'exists':
      case 'forAll':
      case 'count':
        return right.kind === left.kind && left.name === right.name && sortOfDomain(left.domain) === sortOfDomain(right.domain)
      case 'fresh':
      case 'actor':
        return right.kind === left.kind && sortOfDomain(left.domain) === sortOfDomain(right.domain)
      default:
        return true
    }
  }

  #literals(left: Extract<Expression, { kind: 'literal' }>, right: Extract<Expression, { kind: 'literal' }>): boolean {
    const sort = sortOfDomain(left.domain)
    if (sort !== sortOfDomain(right.domain)) return false
    if (left.domain.kind === 'boolean' || left.domain.kind === 'range' || left.value < 0 || right.value < 0)
      return left.value === right.value
    const known = this.#values.get(sort) ?? new Map<number, number>()
    this.#values.set(sort, known)
    return noted(known, left.value, right.value)
  }
}

/** Assignments to variables that are no arrays: elements of an array may be assigned for every process, and who is who is known by then. */
function plainOf({ assignments }: Action): Assignment[] {
  return assignments.filter(({ target }) => target.indices.length === 0)
}

/** Notes that each stands for the other. Whether what was noted before agrees. */
function noted<Thing>(counterparts: Map<Thing, Thing>, one: Thing, other: Thing): boolean {
  const known = counterparts.get(one)
  if (known !== undefined || counterparts.has(other)) return known === other
  counterparts.set(one, other)
  counterparts.set(other, one)
  return true
}

function areAlike<Item>(left: readonly Item[], right: readonly Item[], isAlike: (one: Item, other: Item) => boolean): boolean {
  return left.length === right.length && left.every((item, i) => isAlike(item, right[i] as Item))
}
