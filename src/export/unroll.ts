import { integer } from '../model/language/builder.ts'
import { firstMember, memberCount } from '../model/language/domain.ts'
import type { Expression, Quantifier } from '../model/language/expression.ts'
import { substitute, transformExpression } from '../model/language/transform.ts'
import { simplify } from './simplify.ts'

/**
 * Writes quantifiers out over their members, in order, for a language that has none: "exists" as a disjunction, "for all" as a conjunction,
 * "count" as a sum of ones. Only the kinds asked for. The text grows with the product of nested domains.
 */
export function unroll(expression: Expression, kinds: readonly Quantifier['kind'][]): Expression {
  return simplify(
    transformExpression(expression, (node) => {
      if (node.kind !== 'exists' && node.kind !== 'forAll' && node.kind !== 'count') return undefined
      return kinds.includes(node.kind) ? writeOut(node, kinds) : undefined
    }),
  )
}

function writeOut({ kind, name, domain, body }: Quantifier, kinds: readonly Quantifier['kind'][]): Expression {
  const first = firstMember(domain)
  const bodies = Array.from({ length: memberCount(domain) }, (_, offset) => {
    const member: Expression = { kind: 'literal', domain, value: first + offset }
    return unroll(substitute(body, new Map([[name, member]])), kinds)
  })
  if (kind !== 'count') return { kind: kind === 'exists' ? 'or' : 'and', operands: bodies }
  const ones = bodies.map((condition): Expression => ({ kind: 'conditional', condition, then: integer(1), otherwise: integer(0) }))
  return ones.reduce((left, right): Expression => ({ kind: 'add', left, right }))
}
