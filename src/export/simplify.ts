import { falsehood, truth } from '../model/language/builder.ts'
import type { Comparison, Conditional, Expression, Junction } from '../model/language/expression.ts'
import { transformOperands } from '../model/language/transform.ts'

/**
 * The same meaning with constants worked out. An operand that would not be reached any more goes; one that would still be evaluated stays, as
 * it may be what goes wrong in a run. Cost: one visit of each node.
 */
export function simplify(expression: Expression): Expression {
  const inner = transformOperands(expression, simplify)
  switch (inner.kind) {
    case 'not':
      if (isConstant(inner.operand)) return constant(inner.operand.value === 0)
      return inner.operand.kind === 'not' ? inner.operand.operand : inner
    case 'and':
    case 'or':
      return simplifyJunction(inner)
    case 'equal':
    case 'less':
      return simplifyComparison(inner)
    case 'conditional':
      return simplifyConditional(inner)
    case 'exists':
    case 'forAll':
      return isConstant(inner.body) ? inner.body : inner
    default:
      return inner
  }
}

export function isTrue(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.domain.kind === 'boolean' && expression.value === 1
}

export function isFalse(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.domain.kind === 'boolean' && expression.value === 0
}

function simplifyJunction({ kind, operands }: Junction): Expression {
  const decides = kind === 'and' ? isFalse : isTrue
  const isNeutral = kind === 'and' ? isTrue : isFalse
  const kept: Expression[] = []
  for (const operand of operands.flatMap((each) => (each.kind === kind ? each.operands : [each]))) {
    if (isNeutral(operand)) continue
    kept.push(operand)
    if (decides(operand)) break
  }
  const [first] = kept
  if (first === undefined) return constant(kind === 'and')
  return kept.length === 1 ? first : Object.freeze({ kind, operands: Object.freeze(kept) })
}

function simplifyComparison(comparison: Comparison): Expression {
  const { kind, left, right } = comparison
  if (!isConstant(left) || !isConstant(right)) return comparison
  return constant(kind === 'equal' ? left.value === right.value : left.value < right.value)
}

function simplifyConditional(conditional: Conditional): Expression {
  const { condition, then, otherwise } = conditional
  if (isConstant(condition)) return condition.value === 0 ? otherwise : then
  return conditional
}

function isConstant(expression: Expression): expression is Extract<Expression, { kind: 'literal' }> {
  return expression.kind === 'literal'
}

function constant(claim: boolean): Expression {
  return claim ? truth : falsehood
}
