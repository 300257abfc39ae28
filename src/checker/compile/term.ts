import type { ScalarsetDomain } from '../../model/language/domain.ts'
import { highestValue } from '../../model/language/domain.ts'
import { Code, code } from './code.ts'

/**
 * The code of an expression with what is known of it. In a *value* the code gives a number; in a *condition* it gives anything JavaScript
 * takes for true or false, and the value is 0 or 1.
 */
export interface Term {
  readonly code: Code
  readonly rank: Rank
  /** Every value lies between these, both included. */
  readonly lowest: number
  readonly highest: number
  /** Whether the code may call `fail`. */
  readonly canFail: boolean
  /** Shorter code for the opposite of a condition. */
  readonly opposite?: Code
}

/** How tightly the outermost operator binds; an operand that binds less than its surroundings need is put in parentheses. */
export type Rank = (typeof rank)[keyof typeof rank]
export const rank = Object.freeze({ choice: 0, junction: 1, comparison: 2, sum: 3, atom: 4 })

export function constantValue(value: number): Term {
  return { code: code`${value}`, rank: rank.atom, lowest: value, highest: value, canFail: false }
}

const yes: Term = Object.freeze({ code: code`true`, rank: rank.atom, lowest: 1, highest: 1, canFail: false })
const no: Term = Object.freeze({ code: code`false`, rank: rank.atom, lowest: 0, highest: 0, canFail: false })

export function constantCondition(holds: boolean): Term {
  return holds ? yes : no
}

/** Some interchangeable member, known by a name. */
export function interchangeableMember(domain: ScalarsetDomain, name: Code): Term {
  const lowest = domain.distinguished.length
  return { code: name, rank: rank.atom, lowest, highest: highestValue(domain), canFail: false }
}

/** Whether the code is a literal. Every term whose value is known and that cannot fail is made one. */
export function isConstant(term: Term): boolean {
  return term.lowest === term.highest && !term.canFail
}

/** Code of a term as an operand of an operator that binds as tightly as `needed`. */
export function operand(term: Term, needed: Rank): Code {
  return term.rank < needed ? code`(${term.code})` : term.code
}

/** A value used as a condition: what is not 0 is true. */
export function conditionOf(value: Term): Term {
  if (isConstant(value)) return constantCondition(value.lowest !== 0)
  if (value.lowest >= 0 && value.highest <= 1) return value
  const test = code`${operand(value, rank.sum)} !== 0`
  return { code: test, rank: rank.comparison, lowest: 0, highest: 1, canFail: value.canFail }
}

/** A condition used as a value: 0 or 1. */
export function numberOf(condition: Term): Term {
  if (isConstant(condition)) return constantValue(condition.lowest)
  const number = code`${operand(condition, rank.junction)} ? 1 : 0`
  return {
    code: number,
    rank: rank.choice,
    lowest: condition.lowest,
    highest: condition.highest,
    canFail: condition.canFail,
  }
}

export function negation(condition: Term): Term {
  if (isConstant(condition)) return constantCondition(condition.lowest === 0)
  const { canFail } = condition
  const interval = { lowest: 1 - condition.highest, highest: 1 - condition.lowest, canFail }
  if (condition.opposite !== undefined) {
    return { code: condition.opposite, opposite: condition.code, rank: condition.rank, ...interval }
  }
  return { code: code`!${operand(condition, rank.atom)}`, opposite: condition.code, rank: rank.atom, ...interval }
}

/**
 * Conjunction (`decisive` false) or disjunction (true) from left to right, up to the first term that decides it for sure. A term that may fail
 * stays in front of the one that decides. Takes no more terms than it needs.
 */
export function junction(terms: Iterable<Term>, decisive: boolean): Term {
  const parts: Term[] = []
  for (const term of terms) {
    const isDecided = term.lowest === term.highest && (term.lowest === 1) === decisive
    if (isConstant(term) && !isDecided) continue
    if (isConstant(term) && !parts.some((part) => part.canFail)) return constantCondition(decisive)
    parts.push(term)
    if (isDecided) break
  }
  const [first] = parts
  if (first === undefined) return constantCondition(!decisive)
  if (parts.length === 1) return first
  const operands = parts.map((part) => operand(part, rank.comparison))
  const extreme = decisive ? Math.max : Math.min
  return {
    code: Code.join(operands, decisive ? code` || ` : code` && `),
    rank: rank.junction,
    lowest: extreme(...parts.map((part) => part.lowest)),
    highest: extreme(...parts.map((part) => part.highest)),
    canFail: parts.some((part) => part.canFail),
  }
}

/** `then` or `otherwise`; both values or both conditions. */
export function choice(condition: Term, then: Term, otherwise: Term): Term {
  if (isConstant(condition)) return condition.lowest === 1 ? then : otherwise
  const isSame = isConstant(then) && isConstant(otherwise) && then.lowest === otherwise.lowest
  if (isSame && !condition.canFail) return then
  const [test, left, right] = [condition, then, otherwise].map((term) => operand(term, rank.junction))
  return {
    code: code`${test ?? Code.nothing} ? ${left ?? Code.nothing} : ${right ?? Code.nothing}`,
    rank: rank.choice,
    lowest: Math.min(then.lowest, otherwise.lowest),
    highest: Math.max(then.highest, otherwise.highest),
    canFail: condition.canFail || then.canFail || otherwise.canFail,
  }
}

export function equality(left: Term, right: Term): Term {
  const canFail = left.canFail || right.canFail
  const isSame = isConstant(left) ? isConstant(right) && left.lowest === right.lowest : left.code.text === right.code.text
  if (!canFail && isSame) return constantCondition(true)
  const isDisjoint = left.highest < right.lowest || right.highest < left.lowest
  if (!canFail && isDisjoint) return constantCondition(false)
  const [one, other] = [operand(left, rank.sum), operand(right, rank.sum)]
  return {
    code: code`${one} === ${other}`,
    opposite: code`${one} !== ${other}`,
    rank: rank.comparison,
    lowest: 0,
    highest: isDisjoint ? 0 : 1,
    canFail,
  }
}

export function order(left: Term, right: Term): Term {
  const canFail = left.canFail || right.canFail
  if (!canFail && left.highest < right.lowest) return constantCondition(true)
  if (!canFail && left.lowest >= right.highest) return constantCondition(false)
  const [one, other] = [operand(left, rank.sum), operand(right, rank.sum)]
  const opposite = code`${one} >= ${other}`
  return { code: code`${one} < ${other}`, opposite, rank: rank.comparison, lowest: 0, highest: 1, canFail }
}

export function sum(left: Term, right: Term): Term {
  if (isConstant(left) && isConstant(right)) return constantValue(left.lowest + right.lowest)
  return {
    code: code`${operand(left, rank.sum)} + ${operand(right, rank.sum)}`,
    rank: rank.sum,
    lowest: left.lowest + right.lowest,
    highest: left.highest + right.highest,
    canFail: left.canFail || right.canFail,
  }
}

export function difference(left: Term, right: Term): Term {
  if (isConstant(left) && isConstant(right)) return constantValue(left.lowest - right.lowest)
  return {
    code: code`${operand(left, rank.sum)} - ${operand(right, rank.atom)}`,
    rank: rank.sum,
    lowest: left.lowest - right.highest,
    highest: left.highest - right.lowest,
    canFail: left.canFail || right.canFail,
  }
}
