import { assertNever } from '../foundation/assert-never.ts'
import { InternalError } from '../foundation/diagnostic.ts'
import type { Domain } from '../model/language/domain.ts'
import type { Comparison, Expression, Junction, Quantifier, Read } from '../model/language/expression.ts'

/** When a place is read: in the state that a transition leaves, or in the one it comes to. */
export type Moment = 'now' | 'after'

/** How a target language writes what an expression is made of. What these return stands as an operand without further parentheses. */
export interface Style {
  readonly and: string
  readonly or: string
  readonly not: string
  readonly equal: string
  readonly unequal: string
  readonly literal: (domain: Domain, value: number) => string
  readonly read: (read: Read, indices: readonly string[], moment: Moment) => string
  readonly bound: (name: string) => string
  readonly fresh: (domain: Domain) => string
  readonly conditional: (condition: string, then: string, otherwise: string) => string
  readonly quantifier: (quantifier: Quantifier, body: string) => string
}

/** How tightly a text holds together. Languages differ in what binds tighter, so only what is the same in all of them goes without parentheses. */
const strength = Object.freeze({ junction: 0, comparison: 1, sum: 2, atom: 3 })

/** Text of an expression in a target language. `actor` and `happens` must have been replaced. */
export function textOf(expression: Expression, style: Style): string {
  return printNode(expression, style)[1]
}

/** The same, in parentheses where it is more than an atom. */
export function operandOf(expression: Expression, style: Style): string {
  return printAt(strength.atom, expression, style)
}

/** One text for each operand of a conjunction, to be written one below the other; each stands as an operand of it. */
export function conjunctsOf(expression: Expression, style: Style): readonly string[] {
  const operands = expression.kind === 'and' ? expression.operands : [expression]
  return operands.map((operand) => printAt(strength.comparison, operand, style))
}

function printAt(wanted: number, expression: Expression, style: Style): string {
  const [own, text] = printNode(expression, style)
  return own < wanted ? `(${text})` : text
}

function printNode(expression: Expression, style: Style): readonly [number, string] {
  switch (expression.kind) {
    case 'literal': {
      const text = style.literal(expression.domain, expression.value)
      return [strength.atom, text.startsWith('-') ? `(${text})` : text]
    }
    case 'read':
      return [strength.atom, printRead(expression, 'now', style)]
    case 'after':
      return [strength.atom, printRead(expression.read, 'after', style)]
    case 'bound':
      return [strength.atom, style.bound(expression.name)]
    case 'fresh':
      return [strength.atom, style.fresh(expression.domain)]
    case 'not':
      if (expression.operand.kind === 'equal') return compare(expression.operand, style.unequal, style)
      return [strength.comparison, `${style.not}${printAt(strength.atom, expression.operand, style)}`]
    case 'and':
    case 'or':
      return printJunction(expression, style)
    case 'equal':
      return compare(expression, style.equal, style)
    case 'less':
      return compare(expression, '<', style)
    case 'add':
    case 'subtract': {
      const [left, right] = [expression.left, expression.right].map((operand) => printAt(strength.atom, operand, style))
      return [strength.sum, `${left} ${expression.kind === 'add' ? '+' : '-'} ${right}`]
    }
    case 'conditional': {
      const [condition, then, otherwise] = [expression.condition, expression.then, expression.otherwise]
      return [
        strength.atom,
        style.conditional(textOf(condition, style), printAt(strength.sum, then, style), printAt(strength.sum, otherwise, style)),
      ]
    }
    case 'exists':
    case 'forAll':
    case 'count':
      return [strength.atom, style.quantifier(expression, textOf(expression.body, style))]
    case 'actor':
    case 'event':
      throw new InternalError('MC901', `"${expression.kind}" was left in a formula that is to be printed`)
    default:
      return assertNever(expression)
  }
}

function printJunction({ kind, operands }: Junction, style: Style): readonly [number, string] {
  const [first] = operands
  if (first === undefined) return [strength.atom, style.literal({ kind: 'boolean' }, kind === 'and' ? 1 : 0)]
  if (operands.length === 1) return printNode(first, style)
  return [strength.junction, operands.map((operand) => printAt(strength.comparison, operand, style)).join(` ${style[kind]} `)]
}

function compare({ left, right }: Comparison, operator: string, style: Style): readonly [number, string] {
  return [strength.comparison, `${printAt(strength.sum, left, style)} ${operator} ${printAt(strength.sum, right, style)}`]
}

function printRead(read: Read, moment: Moment, style: Style): string {
  return style.read(
    read,
    read.indices.map((index) => textOf(index, style)),
    moment,
  )
}
