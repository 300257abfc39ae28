import { assertNever } from '../../foundation/assert-never.ts'
import { InternalError } from '../../foundation/diagnostic.ts'
import type { Expression, Read } from './expression.ts'
import { operandsOf } from './expression.ts'

/**
 * Copies an expression node by node, from the outside in: where `change` gives an expression, that one stands instead of the node and is
 * not looked into; where it gives undefined, the node stays and its operands are visited.
 *
 * Parts without a change are shared with the original, so no change at all returns the very same object. Throws an InternalError when the
 * place inside an `after` becomes something that is not a place.
 */
export function transformExpression(expression: Expression, change: (node: Expression) => Expression | undefined): Expression {
  return change(expression) ?? transformOperands(expression, (operand) => transformExpression(operand, change))
}

/** The same node over other operands: one level of `transformExpression`. */
export function transformOperands(expression: Expression, change: (operand: Expression) => Expression): Expression {
  const before = operandsOf(expression)
  const operands = before.map(change)
  return operands.every((operand, i) => operand === before[i]) ? expression : withOperands(expression, operands)
}

/**
 * Replaces bound names that no quantifier inside the expression binds, all at once; replacements are not looked into. A quantifier whose
 * name occurs in a replacement is renamed, so that it cannot capture it.
 */
export function substitute(expression: Expression, replacements: ReadonlyMap<string, Expression>): Expression {
  switch (expression.kind) {
    case 'bound':
      return replacements.get(expression.name) ?? expression
    case 'exists':
    case 'forAll':
    case 'count': {
      const outer = new Map([...replacements].filter(([name]) => name !== expression.name))
      const free = freeNames(expression.body)
      const used = [...outer].flatMap(([name, replacement]) => (free.has(name) ? [replacement] : []))
      const taken = new Set(used.flatMap((replacement) => [...freeNames(replacement)]))
      if (!taken.has(expression.name)) return transformOperands(expression, (body) => substitute(body, outer))
      const name = unusedName(expression.name, new Set([...taken, ...free]))
      const renamed: Expression = Object.freeze({ kind: 'bound', name, domain: expression.domain })
      const body = substitute(expression.body, new Map([...outer, [expression.name, renamed]]))
      return Object.freeze({ ...expression, name, body })
    }
    default:
      return transformOperands(expression, (operand) => substitute(operand, replacements))
  }
}

/** Bound names that no quantifier inside the expression binds. */
export function freeNames(expression: Expression): ReadonlySet<string> {
  if (expression.kind === 'bound') return new Set([expression.name])
  const names = new Set(operandsOf(expression).flatMap((operand) => [...freeNames(operand)]))
  if (expression.kind === 'exists' || expression.kind === 'forAll' || expression.kind === 'count') {
    names.delete(expression.name)
  }
  return names
}

function unusedName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted
  while (taken.has(name)) name = `${name}'`
  return name
}

function withOperands(expression: Expression, operands: readonly Expression[]): Expression {
  const operand = (position: number): Expression => operands[position] ?? lost()
  switch (expression.kind) {
    case 'literal':
    case 'bound':
    case 'fresh':
    case 'actor':
    case 'event':
      return expression
    case 'read':
      return Object.freeze({ ...expression, indices: Object.freeze([...operands]) })
    case 'not':
      return Object.freeze({ ...expression, operand: operand(0) })
    case 'and':
    case 'or':
      return Object.freeze({ ...expression, operands: Object.freeze([...operands]) })
    case 'equal':
    case 'less':
    case 'add':
    case 'subtract':
      return Object.freeze({ ...expression, left: operand(0), right: operand(1) })
    case 'conditional': {
      const [condition, then, otherwise] = [operand(0), operand(1), operand(2)]
      return Object.freeze({ ...expression, condition, then, otherwise })
    }
    case 'exists':
    case 'forAll':
    case 'count':
      return Object.freeze({ ...expression, body: operand(0) })
    case 'after':
      return Object.freeze({ ...expression, read: placeOf(operand(0)) })
    default:
      return assertNever(expression)
  }
}

function placeOf(expression: Expression): Read {
  if (expression.kind === 'read') return expression
  throw new InternalError('MC901', `a change put "${expression.kind}" where "after" needs a place`)
}

function lost(): never {
  throw new InternalError('MC901', 'an operand was lost in a transformation')
}
