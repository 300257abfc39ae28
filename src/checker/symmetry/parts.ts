import type { Expression } from '../../model/language/expression.ts'

/**
 * The parts of a formula that are joined by "and", or by "or", however they are nested. If a conjunction holds, all its parts were looked at;
 * if a disjunction does not, as well: then their order says nothing, and none of them can have failed.
 */
export function partsOf(formula: Expression, joined: 'and' | 'or'): readonly Expression[] {
  return formula.kind === joined ? formula.operands.flatMap((operand) => partsOf(operand, joined)) : [formula]
}

/** The same, where "for all" is a conjunction and "there is" a disjunction, too. */
export function withoutOuterQuantifiers(formula: Expression, joined: 'and' | 'or'): readonly Expression[] {
  return partsOf(formula, joined).flatMap((part) => {
    const isJoining = part.kind === (joined === 'and' ? 'forAll' : 'exists')
    return isJoining && 'body' in part ? withoutOuterQuantifiers(part.body, joined) : [part]
  })
}
