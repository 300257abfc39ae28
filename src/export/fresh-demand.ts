import { isSameScalarset } from '../model/language/allocate.ts'
import { and, falsehood, not, or, truth } from '../model/language/builder.ts'
import type { Domain } from '../model/language/domain.ts'
import type { Expression } from '../model/language/expression.ts'
import { operandsOf } from '../model/language/expression.ts'
import { simplify } from './simplify.ts'

/**
 * When an expression asks for a fresh member of the scalarset: an error in a run if none is left, and none if it does not ask. Undefined where a
 * quantifier asks, which is not written down as a condition.
 */
export function freshDemand(expression: Expression, domain: Domain): Expression | undefined {
  const demand = demandOf(expression, domain)
  return demand === undefined ? undefined : simplify(demand)
}

/** Whether the expression mentions a fresh member of the scalarset. */
export function asksForFresh(expression: Expression, domain: Domain): boolean {
  if (expression.kind === 'fresh') return isSameScalarset(expression.domain, domain)
  return operandsOf(expression).some((operand) => asksForFresh(operand, domain))
}

function demandOf(expression: Expression, domain: Domain): Expression | undefined {
  if (!asksForFresh(expression, domain)) return falsehood
  switch (expression.kind) {
    case 'fresh':
      return truth
    case 'exists':
    case 'forAll':
    case 'count':
      return undefined
    case 'and':
    case 'or':
      return demandInTurn(expression.operands, expression.kind, domain)
    case 'conditional': {
      const { condition, then, otherwise } = expression
      const demands = [condition, then, otherwise].map((each) => demandOf(each, domain))
      const [first, second, third] = demands
      if (first === undefined || second === undefined || third === undefined) return undefined
      return or(first, and(condition, second), and(not(condition), third))
    }
    default: {
      const demands = operandsOf(expression).map((operand) => demandOf(operand, domain))
      return demands.includes(undefined) ? undefined : or(...demands.filter((each) => each !== undefined))
    }
  }
}

/** Operands are looked at until one decides. */
function demandInTurn(operands: readonly Expression[], kind: 'and' | 'or', domain: Domain): Expression | undefined {
  const demands: Expression[] = []
  for (const [i, operand] of operands.entries()) {
    const demand = demandOf(operand, domain)
    if (demand === undefined) return undefined
    const before = operands.slice(0, i).map((each) => (kind === 'and' ? each : not(each)))
    demands.push(and(...before, demand))
  }
  return or(...demands)
}
