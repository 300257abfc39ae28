import { assertNever } from '../../foundation/assert-never.ts'
import { InternalError } from '../../foundation/diagnostic.ts'
import type { Action } from '../../model/language/action.ts'
import type { Domain } from '../../model/language/domain.ts'
import { firstMember, highestValue, memberCount } from '../../model/language/domain.ts'
import type { Expression, Quantifier, Read } from '../../model/language/expression.ts'
import { Code, code } from './code.ts'
import type { Location } from './locate.ts'
import { locate } from './locate.ts'
import type { SlotTable } from './slots.ts'
import { placedVariable } from './slots.ts'
import type { Term } from './term.ts'
import {
  choice,
  conditionOf,
  constantValue,
  difference,
  equality,
  isConstant,
  junction,
  negation,
  numberOf,
  order,
  rank,
  sum,
} from './term.ts'

/** Where values are read: an array and, unless the state begins at its first element, the name of the position where it begins. */
export interface StateAccess {
  readonly array: Code
  readonly begin?: Code
}

/** What an expression may refer to, and under which names the generated code has it. */
export interface Scope {
  readonly slots: SlotTable
  readonly state: StateAccess
  /** In a transition formula. */
  readonly after?: StateAccess
  /** Variables that may change in the transition; `after` reads the others in the state before it, which folds better. */
  readonly changing?: ReadonlySet<string>
  readonly action?: Pick<Action, 'process' | 'events'>
  readonly bound: ReadonlyMap<string, Term>
  /** How often the enclosing unrolled quantifiers repeat this expression, and how many loops are around it. */
  readonly copies: number
  readonly loops: number
  /** Code that gives a fresh member. */
  readonly fresh?: (domain: Domain) => Code
}

/** Above this many copies of a body a quantifier becomes a loop. */
const mostCopies = 64

/** Code whose result is true or false. The meaning is `evaluate`'s; where that throws, the code calls `fail`. */
export function generateCondition(expression: Expression, scope: Scope): Term {
  switch (expression.kind) {
    case 'not':
      return negation(generateCondition(expression.operand, scope))
    case 'and':
    case 'or':
      return junction(conditions(expression.operands, scope), expression.kind === 'or')
    case 'equal':
      return equality(generateValue(expression.left, scope), generateValue(expression.right, scope))
    case 'less':
      return order(generateValue(expression.left, scope), generateValue(expression.right, scope))
    case 'exists':
    case 'forAll':
      return generateQuantifier(expression, scope)
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
      const condition = generateCondition(expression.condition, scope)
      if (isConstant(condition)) {
        return generateCondition(condition.lowest === 1 ? expression.then : expression.otherwise, scope)
      }
      return choice(condition, generateCondition(expression.then, scope), generateCondition(expression.otherwise, scope))
    }
    default:
      return conditionOf(generateValue(expression, scope))
  }
}

/** Code whose result is a number; a boolean is 0 or 1. */
export function generateValue(expression: Expression, scope: Scope): Term {
  switch (expression.kind) {
    case 'literal':
      return constantValue(expression.value)
    case 'read':
      return generateRead(expression, scope, scope.state)
    case 'after':
      return generateRead(expression.read, scope, accessAfter(expression.read, scope))
    case 'bound':
      return scope.bound.get(expression.name) ?? refuse(`the name "${expression.name}" is not bound`)
    case 'add':
      return sum(generateValue(expression.left, scope), generateValue(expression.right, scope))
    case 'subtract':
      return difference(generateValue(expression.left, scope), generateValue(expression.right, scope))
    case 'conditional': {
      const condition = generateCondition(expression.condition, scope)
      if (isConstant(condition)) return generateValue(condition.lowest === 1 ? expression.then : expression.otherwise, scope)
      return choice(condition, generateValue(expression.then, scope), generateValue(expression.otherwise, scope))
    }
    case 'count':
      return generateCount(expression, scope)
    case 'fresh':
      return generateFresh(expression.domain, scope)
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
      return numberOf(generateCondition(expression, scope))
    default:
      return assertNever(expression)
  }
}

/** Where a read or an assignment goes; indices are read in the state before the transition. */
export function generateLocation(read: Read, scope: Scope): Location {
  const indices = read.indices.map((index) => generateValue(index, scope))
  return locate(placedVariable(scope.slots, read.variable), indices)
}

/** Code of the value at a slot. */
export function generateElement({ array, begin }: StateAccess, slot: Code): Code {
  return begin === undefined ? code`${array}[${slot}]` : code`${array}[${begin} + ${slot}]`
}

function generateRead(read: Read, scope: Scope, access: StateAccess): Term {
  const { shape, isConstant: isConstantSlot } = scope.slots
  const location = generateLocation(read, scope)
  if (location.slot !== undefined && isConstantSlot[location.slot]) return constantValue(shape.initial[location.slot] ?? 0)
  const { lowest, highest } = placedVariable(scope.slots, read.variable)
  if (lowest === highest && !location.canFail) return constantValue(lowest)
  const { canFail } = location
  return { code: generateElement(access, location.code), rank: rank.atom, lowest, highest, canFail }
}

function accessAfter(read: Read, scope: Scope): StateAccess {
  if (scope.after === undefined) return refuse('"after" stands outside a transition formula')
  return scope.changing === undefined || scope.changing.has(read.variable) ? scope.after : scope.state
}

function* conditions(expressions: Iterable<Expression>, scope: Scope): Generator<Term> {
  for (const expression of expressions) yield generateCondition(expression, scope)
}

function generateQuantifier(quantifier: Quantifier, scope: Scope): Term {
  const isExists = quantifier.kind === 'exists'
  if (isUnrolled(quantifier, scope)) return junction(bodies(quantifier, scope), isExists)
  const { test, canFail } = generateLoopBody(quantifier, scope)
  const { first, last } = endsOf(quantifier.domain)
  const search = isExists ? code`someMember` : code`everyMember`
  return { code: code`${search}(${first}, ${last}, ${test})`, rank: rank.atom, lowest: 0, highest: 1, canFail }
}

function generateCount(quantifier: Quantifier, scope: Scope): Term {
  if (isUnrolled(quantifier, scope)) {
    const [first, ...others] = [...bodies(quantifier, scope)].map(numberOf)
    return first === undefined ? constantValue(0) : others.reduce(sum, first)
  }
  const { test, canFail } = generateLoopBody(quantifier, scope)
  const { first, last } = endsOf(quantifier.domain)
  const highest = memberCount(quantifier.domain)
  return { code: code`countMembers(${first}, ${last}, ${test})`, rank: rank.atom, lowest: 0, highest, canFail }
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
    yield generateCondition(quantifier.body, { ...scope, bound, copies })
  }
}

function generateLoopBody(quantifier: Quantifier, scope: Scope): { readonly test: Code; readonly canFail: boolean } {
  const name = Code.name(`member${scope.loops}`)
  const { first, last } = endsOf(quantifier.domain)
  const member: Term = { code: name, rank: rank.atom, lowest: first, highest: last, canFail: false }
  const bound = new Map(scope.bound).set(quantifier.name, member)
  const body = generateCondition(quantifier.body, { ...scope, bound, loops: scope.loops + 1 })
  return { test: code`(${name}) => ${body.code}`, canFail: body.canFail }
}

function generateFresh(domain: Domain, scope: Scope): Term {
  const given = scope.fresh?.(domain) ?? refuse('"fresh" stands outside an assignment')
  const lowest = domain.kind === 'scalarset' ? domain.distinguished.length : 0
  return { code: given, rank: rank.atom, lowest, highest: highestValue(domain), canFail: true }
}

function refuse(what: string): never {
  throw new InternalError('MC901', `${what}, which validation should have refused`)
}
