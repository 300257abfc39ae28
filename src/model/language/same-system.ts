import type { Action, Telling } from './action.ts'
import type { Domain } from './domain.ts'
import type { Expression } from './expression.ts'
import { operandsOf } from './expression.ts'
import type { TransitionSystem } from './transition-system.ts'
import type { Variable } from './variable.ts'

/**
 * Whether two systems are the same to the letter, what readers of traces are told included; their names and what their variables say aside.
 * Cost: one visit of everything, up to the first difference.
 */
export function isSameSystem(left: TransitionSystem, right: TransitionSystem): boolean {
  return (
    isSameList(left.processes, right.processes, isIdentical) &&
    isSameList(left.variables, right.variables, isSameVariable) &&
    isSameList(left.actions, right.actions, isSameAction) &&
    isSameExpression(left.final, right.final) &&
    isSameList(
      left.allocations,
      right.allocations,
      (one, other) => isSameDomain(one.domain, other.domain) && isSameExpression(one.reusable, other.reusable),
    )
  )
}

/** Whether two expressions are the same node by node. The domain of a literal follows from what it is compared with or assigned to. */
export function isSameExpression(left: Expression, right: Expression): boolean {
  return (
    left === right ||
    (left.kind === right.kind && hasSameContent(left, right) && isSameList(operandsOf(left), operandsOf(right), isSameExpression))
  )
}

/** What two nodes of one kind say beside their operands. */
function hasSameContent(left: Expression, right: Expression): boolean {
  switch (left.kind) {
    case 'literal':
      return right.kind === 'literal' && left.value === right.value
    case 'read':
      return right.kind === 'read' && left.variable === right.variable
    case 'event':
      return right.kind === 'event' && left.name === right.name
    case 'bound':
      return right.kind === 'bound' && left.name === right.name
    case 'exists':
    case 'forAll':
    case 'count':
      return right.kind === left.kind && left.name === right.name && isSameDomain(left.domain, right.domain)
    case 'fresh':
    case 'actor':
      return right.kind === left.kind && isSameDomain(left.domain, right.domain)
    case 'not':
    case 'and':
    case 'or':
    case 'equal':
    case 'less':
    case 'add':
    case 'subtract':
    case 'conditional':
    case 'after':
      return true
  }
}

function isSameAction(left: Action, right: Action): boolean {
  return (
    left.name === right.name &&
    left.process === right.process &&
    isSameExpression(left.guard, right.guard) &&
    isSameList(
      left.assignments,
      right.assignments,
      (one, other) => isSameExpression(one.target, other.target) && isSameExpression(one.value, other.value),
    ) &&
    isSameList(left.events, right.events, (one, other) => one.name === other.name && isSameExpression(one.when, other.when)) &&
    isSameList(left.told, right.told, isSameTelling)
  )
}

function isSameTelling(left: Telling, right: Telling): boolean {
  return (
    left.says === right.says &&
    left.activation === right.activation &&
    isSameList(left.calls, right.calls, isIdentical) &&
    (left.source === right.source || JSON.stringify(left.source) === JSON.stringify(right.source))
  )
}

function isSameVariable(left: Variable, right: Variable): boolean {
  return (
    left.name === right.name &&
    left.role === right.role &&
    isSameDomain(left.domain, right.domain) &&
    isSameList(left.indexedBy, right.indexedBy, isSameDomain) &&
    isSameList(left.initial, right.initial, isIdentical)
  )
}

function isSameDomain(left: Domain, right: Domain): boolean {
  if (left === right) return true
  switch (left.kind) {
    case 'boolean':
      return right.kind === 'boolean'
    case 'range':
      return right.kind === 'range' && left.min === right.min && left.max === right.max
    case 'enumeration':
      return (
        right.kind === 'enumeration' &&
        left.name === right.name &&
        left.orNone === right.orNone &&
        isSameList(left.members, right.members, isIdentical)
      )
    case 'scalarset':
      return (
        right.kind === 'scalarset' &&
        left.name === right.name &&
        left.orNone === right.orNone &&
        left.interchangeable === right.interchangeable &&
        isSameList(left.distinguished, right.distinguished, isIdentical)
      )
  }
}

function isIdentical<Value extends string | number>(left: Value, right: Value): boolean {
  return left === right
}

function isSameList<Item>(left: readonly Item[], right: readonly Item[], isSame: (left: Item, right: Item) => boolean): boolean {
  if (left === right) return true
  if (left.length !== right.length) return false
  for (let i = 0; i < left.length; i++) if (!isSame(left[i] as Item, right[i] as Item)) return false
  return true
}
