import type { ScalarsetDomain } from '../../../model/language/domain.ts'
import { highestValue } from '../../../model/language/domain.ts'
import type { Form } from './form.ts'
import { isSameForm } from './form.ts'

/** The form of an expression with what is known of it. */
export interface Term {
  readonly form: Form
  /** Every value lies between these, both included. */
  readonly lowest: number
  readonly highest: number
  /** Whether working it out may fail. */
  readonly canFail: boolean
}

export function constantValue(value: number): Term {
  return { form: { kind: 'constant', value }, lowest: value, highest: value, canFail: false }
}

const yes: Term = { form: { kind: 'truth', holds: true }, lowest: 1, highest: 1, canFail: false }
const no: Term = { form: { kind: 'truth', holds: false }, lowest: 0, highest: 0, canFail: false }

export function constantCondition(holds: boolean): Term {
  return holds ? yes : no
}

/** Some interchangeable member, known by a name. */
export function interchangeableMember(domain: ScalarsetDomain, name: string): Term {
  return { form: { kind: 'local', name }, lowest: domain.distinguished.length, highest: highestValue(domain), canFail: false }
}

/** Whether the form is a literal. Every term whose value is known and that cannot fail is made one. */
export function isConstant(term: Term): boolean {
  return term.lowest === term.highest && !term.canFail
}

/** A value used as a condition: what is not 0 is true. */
export function conditionOf(value: Term): Term {
  if (isConstant(value)) return constantCondition(value.lowest !== 0)
  if (value.lowest >= 0 && value.highest <= 1) return value
  return { form: { kind: 'nonzero', operand: value.form }, lowest: 0, highest: 1, canFail: value.canFail }
}

/** A condition used as a value: 0 or 1. */
export function numberOf(condition: Term): Term {
  if (isConstant(condition)) return constantValue(condition.lowest)
  return { ...condition, form: { kind: 'number', operand: condition.form } }
}

export function negation(condition: Term): Term {
  if (isConstant(condition)) return constantCondition(condition.lowest === 0)
  const { form, canFail } = condition
  const opposite: Form = form.kind === 'not' ? form.operand : { kind: 'not', operand: form }
  return { form: opposite, lowest: 1 - condition.highest, highest: 1 - condition.lowest, canFail }
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
  const extreme = decisive ? Math.max : Math.min
  return {
    form: { kind: decisive ? 'or' : 'and', operands: parts.map((part) => part.form) },
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
  return {
    form: { kind: 'choice', condition: condition.form, then: then.form, otherwise: otherwise.form },
    lowest: Math.min(then.lowest, otherwise.lowest),
    highest: Math.max(then.highest, otherwise.highest),
    canFail: condition.canFail || then.canFail || otherwise.canFail,
  }
}

export function equality(left: Term, right: Term): Term {
  const canFail = left.canFail || right.canFail
  const isSame = isConstant(left) ? isConstant(right) && left.lowest === right.lowest : isSameForm(left.form, right.form)
  if (!canFail && isSame) return constantCondition(true)
  const isDisjoint = left.highest < right.lowest || right.highest < left.lowest
  if (!canFail && isDisjoint) return constantCondition(false)
  return { form: { kind: 'equal', left: left.form, right: right.form }, lowest: 0, highest: isDisjoint ? 0 : 1, canFail }
}

export function order(left: Term, right: Term): Term {
  const canFail = left.canFail || right.canFail
  if (!canFail && left.highest < right.lowest) return constantCondition(true)
  if (!canFail && left.lowest >= right.highest) return constantCondition(false)
  return { form: { kind: 'less', left: left.form, right: right.form }, lowest: 0, highest: 1, canFail }
}

export function sum(left: Term, right: Term): Term {
  return arithmetic('add', left, right, [left.lowest + right.lowest, left.highest + right.highest])
}

export function difference(left: Term, right: Term): Term {
  return arithmetic('subtract', left, right, [left.lowest - right.highest, left.highest - right.lowest])
}

function arithmetic(kind: 'add' | 'subtract', left: Term, right: Term, [lowest, highest]: readonly [number, number]): Term {
  if (isConstant(left) && isConstant(right)) return constantValue(lowest)
  const isWide = lowest !== (lowest | 0) || highest !== (highest | 0)
  return { form: { kind, left: left.form, right: right.form, isWide }, lowest, highest, canFail: left.canFail || right.canFail }
}

/** A value times a number that is not negative. */
export function multiple(value: Term, factor: number): Term {
  if (factor === 1) return value
  return {
    ...value,
    form: { kind: 'multiply', left: value.form, factor },
    lowest: value.lowest * factor,
    highest: value.highest * factor,
  }
}
