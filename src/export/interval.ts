import type { Domain } from '../model/language/domain.ts'
import { firstMember, highestValue, lowestValue, memberCount } from '../model/language/domain.ts'
import type { Expression, Read } from '../model/language/expression.ts'
import type { Variable } from '../model/language/variable.ts'

/** The values an expression may have, both ends included. */
export interface Interval {
  readonly lowest: number
  readonly highest: number
}

/** Ends of what an expression can come to, from the domains of what it reads; never too narrow. */
export function intervalOf(expression: Expression, variables: ReadonlyMap<string, Variable>): Interval {
  const inner = (operand: Expression): Interval => intervalOf(operand, variables)
  switch (expression.kind) {
    case 'literal':
      return { lowest: expression.value, highest: expression.value }
    case 'read':
      return ofVariable(expression, variables)
    case 'after':
      return ofVariable(expression.read, variables)
    case 'bound':
    case 'actor':
      return membersOf(expression.domain)
    case 'fresh': {
      const distinguished = expression.domain.kind === 'scalarset' ? expression.domain.distinguished.length : 0
      return { lowest: distinguished, highest: highestValue(expression.domain) }
    }
    case 'add': {
      const [left, right] = [inner(expression.left), inner(expression.right)]
      return { lowest: left.lowest + right.lowest, highest: left.highest + right.highest }
    }
    case 'subtract': {
      const [left, right] = [inner(expression.left), inner(expression.right)]
      return { lowest: left.lowest - right.highest, highest: left.highest - right.lowest }
    }
    case 'conditional': {
      const [then, otherwise] = [inner(expression.then), inner(expression.otherwise)]
      return { lowest: Math.min(then.lowest, otherwise.lowest), highest: Math.max(then.highest, otherwise.highest) }
    }
    case 'count':
      return { lowest: 0, highest: memberCount(expression.domain) }
    default:
      return { lowest: 0, highest: 1 }
  }
}

/** All values of a domain, `none` among them where it has one. */
export function valuesOf(domain: Domain): Interval {
  return { lowest: lowestValue(domain), highest: highestValue(domain) }
}

/** The members of a domain: what an index must be among. */
export function membersOf(domain: Domain): Interval {
  return { lowest: firstMember(domain), highest: firstMember(domain) + memberCount(domain) - 1 }
}

export function isWithin(inner: Interval, outer: Interval): boolean {
  return inner.lowest >= outer.lowest && inner.highest <= outer.highest
}

function ofVariable({ variable }: Read, variables: ReadonlyMap<string, Variable>): Interval {
  const declared = variables.get(variable)
  return declared === undefined ? { lowest: Number.NEGATIVE_INFINITY, highest: Number.POSITIVE_INFINITY } : valuesOf(declared.domain)
}
