import { assertNever } from '../../../foundation/assert-never.ts'
import { InternalError } from '../../../foundation/diagnostic.ts'
import type { Action } from '../../../model/language/action.ts'
import { isSameScalarset } from '../../../model/language/allocate.ts'
import type { Domain } from '../../../model/language/domain.ts'
import { firstMember, highestValue, memberCount } from '../../../model/language/domain.ts'
import type { Expression, Quantifier, Read } from '../../../model/language/expression.ts'
import type { LoopForm, StateName } from './form.ts'
import type { Location } from './locate.ts'
import { locate } from './locate.ts'
import type { SlotTable } from './slots.ts'
import { placedVariable } from './slots.ts'
import type { Term } from './term.ts'
import { choice, conditionOf, constantValue, difference, equality, isConstant, junction, negation, numberOf, order, sum } from './term.ts'

/** What an expression may refer to. */
export interface Scope {
  readonly slots: SlotTable
  /** The state that is read. */
  readonly state: StateName
  /** In a transition formula: variables that may change. `after` reads the others in the state before it, which folds better. */
  readonly changing?: ReadonlySet<string>
  readonly action?: Pick<Action, 'process' | 'events'>
  readonly bound: ReadonlyMap<string, Term>
  /** How often the enclosing unrolled quantifiers repeat this expression, and how many loops are around it. */
  readonly copies: number
  readonly loops: number
  /** In an assignment: the allocations of the system, by number. */
  readonly allocations?: readonly Domain[]
}

/** Expressions over the state before a transition, outside any quantifier. */
export function plainScope(slots: SlotTable): Scope {
  return { slots, state: 'before', bound: new Map(), copies: 1, loops: 0 }
}

/** Above this many copies of a body a quantifier becomes a loop. */
const mostCopies = 64

/** The form of a condition. The meaning is `evaluate`'s; where that throws, the form fails. */
export function translateCondition(expression: Expression, scope: Scope): Term {
  switch (expression.kind) {
    case 'not':
      return negation(translateCondition(expression.operand, scope))
    case 'and':
    case 'or':
      return junction(conditions(expression.operands, scope), expression.kind === 'or')
    case 'equal':
      return equality(translateValue(expression.left, scope), translateValue(expression.right, scope))
    case 'less':
      return order(translateValue(expression.left, scope), translateValue(expression.right, scope))
    case 'exists':
    case 'forAll':
      return translateQuantifier(expression, scope)
    case 'event': {
      const events = scope.action?.events.filter((event) => event.name === expression.name) ?? []
      return junction(
        conditions(
          events.map((event) => event.when),
          scope,
        ),
        true,
      )
    }
    case 'conditional': {
      const condition = translateCondition(expression.condition, scope)
      if (isConstant(condition)) {
        return translateCondition(condition.lowest === 1 ? expression.then : expression.otherwise, scope)
      }
      return choice(condition, translateCondition(expression.then, scope), translateCondition(expression.otherwise, scope))
    }
    default:
      return conditionOf(translateValue(expression, scope))
  }
}

/** The form of a value; a boolean is 0 or 1. */
export function translateValue(expression: Expression, scope: Scope): Term {
  switch (expression.kind) {
    case 'literal':
      return constantValue(expression.value)
    case 'read':
      return translateRead(expression, scope, scope.state)
    case 'after':
      return translateRead(expression.read, scope, stateAfter(expression.read, scope))
    case 'bound':
      return scope.bound.get(expression.name) ?? refuse(`the name "${expression.name}" is not bound`)
    case 'add':
      return sum(translateValue(expression.left, scope), translateValue(expression.right, scope))
    case 'subtract':
      return difference(translateValue(expression.left, scope), translateValue(expression.right, scope))
    case 'conditional': {
      const condition = translateCondition(expression.condition, scope)
      if (isConstant(condition)) return translateValue(condition.lowest === 1 ? expression.then : expression.otherwise, scope)
      return choice(condition, translateValue(expression.then, scope), translateValue(expression.otherwise, scope))
    }
    case 'count':
      return translateCount(expression, scope)
    case 'fresh':
      return translateFresh(expression.domain, scope)
    case 'actor':
      return constantValue(scope.action?.process ?? refuse('"actor" stands outside a transition formula'))
    case 'not':
    case 'and':
    case 'or':
    case 'equal':
    case 'less':
    case 'exists':
    case 'forAll':
    case 'event':
      return numberOf(translateCondition(expression, scope))
    default:
      return assertNever(expression)
  }
}

/** Where a read or an assignment goes; indices are read in the state before the transition. */
export function translateLocation(read: Read, scope: Scope): Location {
  const indices = read.indices.map((index) => translateValue(index, scope))
  return locate(placedVariable(scope.slots, read.variable), indices)
}

function translateRead(read: Read, scope: Scope, state: StateName): Term {
  const { shape, isConstant: isConstantSlot } = scope.slots
  const location = translateLocation(read, scope)
  if (location.slot !== undefined && isConstantSlot[location.slot]) return constantValue(shape.initial[location.slot] ?? 0)
  const placed = placedVariable(scope.slots, read.variable)
  const { lowest, highest } = placed
  if (lowest === highest && !location.canFail) return constantValue(lowest)
  return { form: { kind: 'element', state, slot: location.form, of: placed }, lowest, highest, canFail: location.canFail }
}

function stateAfter(read: Read, scope: Scope): StateName {
  if (scope.changing === undefined) return refuse('"after" stands outside a transition formula')
  return scope.changing.has(read.variable) ? 'after' : scope.state
}

function* conditions(expressions: Iterable<Expression>, scope: Scope): Generator<Term> {
  for (const expression of expressions) yield translateCondition(expression, scope)
}

function translateQuantifier(quantifier: Quantifier, scope: Scope): Term {
  const isExists = quantifier.kind === 'exists'
  if (isUnrolled(quantifier, scope)) return junction(bodies(quantifier, scope), isExists)
  return translateLoop(isExists ? 'some' : 'every', quantifier, scope)
}

function translateCount(quantifier: Quantifier, scope: Scope): Term {
  if (!isUnrolled(quantifier, scope)) return translateLoop('count', quantifier, scope)
  const [first, ...others] = [...bodies(quantifier, scope)].map(numberOf)
  return first === undefined ? constantValue(0) : others.reduce(sum, first)
}

function isUnrolled(quantifier: Quantifier, scope: Scope): boolean {
  return memberCount(quantifier.domain) * scope.copies <= mostCopies
}

function endsOf(domain: Domain): { readonly first: number; readonly last: number } {
  return { first: firstMember(domain), last: highestValue(domain) }
}

function* bodies(quantifier: Quantifier, scope: Scope): Generator<Term> {
  const { first, last } = endsOf(quantifier.domain)
  const copies = scope.copies * memberCount(quantifier.domain)
  for (let member = first; member <= last; member++) {
    const bound = new Map(scope.bound).set(quantifier.name, constantValue(member))
    yield translateCondition(quantifier.body, { ...scope, bound, copies })
  }
}

function translateLoop(kind: LoopForm['kind'], quantifier: Quantifier, scope: Scope): Term {
  const local = `member${scope.loops}`
  const { first, last } = endsOf(quantifier.domain)
  const member: Term = { form: { kind: 'local', name: local }, lowest: first, highest: last, canFail: false }
  const bound = new Map(scope.bound).set(quantifier.name, member)
  const body = translateCondition(quantifier.body, { ...scope, bound, loops: scope.loops + 1 })
  const highest = kind === 'count' ? memberCount(quantifier.domain) : 1
  return { form: { kind, local, first, last, body: body.form }, lowest: 0, highest, canFail: body.canFail }
}

function translateFresh(domain: Domain, scope: Scope): Term {
  const allocation = scope.allocations?.findIndex((candidate) => isSameScalarset(candidate, domain)) ?? -1
  if (allocation < 0) return refuse('"fresh" stands outside an assignment')
  const lowest = domain.kind === 'scalarset' ? domain.distinguished.length : 0
  return { form: { kind: 'fresh', allocation }, lowest, highest: highestValue(domain), canFail: true }
}

function refuse(what: string): never {
  throw new InternalError('MC901', `${what}, which validation should have refused`)
}
