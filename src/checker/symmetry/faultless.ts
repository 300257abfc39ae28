import type { Domain } from '../../model/language/domain.ts'
import { firstMember, highestValue, lowestValue, memberCount } from '../../model/language/domain.ts'
import type { Expression, Read } from '../../model/language/expression.ts'
import { operandsOf } from '../../model/language/expression.ts'
import type { Variable } from '../../model/language/variable.ts'

/** Expressions, as text, that are known to be a member and not `none`. */
type Known = ReadonlySet<string>

/**
 * Whether an expression has a value in every state, as far as its text shows: no index can be `none` or outside its domain, because of the
 * domains or because something before it asks. Where several such expressions are joined, their order says nothing.
 */
export function isFaultless(expression: Expression, variables: ReadonlyMap<string, Variable>, known: Known = new Set()): boolean {
  if (!hasIndices(expression)) return true
  const isSo = (operand: Expression, also: Iterable<string> = []): boolean => isFaultless(operand, variables, new Set([...known, ...also]))
  switch (expression.kind) {
    case 'read':
      return expression.indices.every((index) => isSo(index)) && areInside(expression, variables, known)
    case 'and':
    case 'or': {
      const learned = new Set<string>()
      return expression.operands.every((operand) => {
        const faultless = isSo(operand, learned)
        for (const text of membersIf(operand, expression.kind === 'and')) learned.add(text)
        return faultless
      })
    }
    case 'conditional': {
      const { condition, then, otherwise } = expression
      return isSo(condition) && isSo(then, membersIf(condition, true)) && isSo(otherwise, membersIf(condition, false))
    }
    case 'exists':
    case 'forAll':
    case 'count': {
      // Inside, the name means something else than outside.
      const name = JSON.stringify(expression.name)
      return isFaultless(expression.body, variables, new Set([...known].filter((text) => !text.includes(name))))
    }
    default:
      return operandsOf(expression).every((operand) => isSo(operand))
  }
}

/** What was found for an expression; formulas share parts, and are asked about again and again. */
const remembered = new WeakMap<Expression, boolean>()

/** Whether an index is somewhere in it that is not written down as a member. */
function hasIndices(expression: Expression): boolean {
  const known = remembered.get(expression)
  if (known !== undefined) return known
  const isIndexed = expression.kind === 'read' && expression.indices.some((index) => index.kind !== 'literal' || index.value < 0)
  const found = isIndexed || operandsOf(expression).some(hasIndices)
  remembered.set(expression, found)
  return found
}

function areInside({ variable, indices }: Read, variables: ReadonlyMap<string, Variable>, known: Known): boolean {
  const domains = variables.get(variable)?.indexedBy ?? []
  return indices.every((index, i) => {
    const expected = domains[i]
    const domain = domainOf(index, variables)
    if (expected === undefined || domain === undefined) return false
    const lowest =
      index.kind === 'bound' || known.has(textOf(index)) ? Math.max(firstMember(domain), lowestValue(domain)) : lowestValue(domain)
    return lowest >= firstMember(expected) && highestValue(domain) < firstMember(expected) + memberCount(expected)
  })
}

/** The values an index may have; undefined if its text does not say. */
function domainOf(index: Expression, variables: ReadonlyMap<string, Variable>): Domain | undefined {
  switch (index.kind) {
    case 'literal':
      return index.value < 0 && index.domain.kind !== 'range' ? undefined : { kind: 'range', min: index.value, max: index.value }
    case 'bound':
    case 'actor':
      return index.domain
    case 'read':
      return variables.get(index.variable)?.domain
    case 'after':
      return variables.get(index.read.variable)?.domain
    default:
      return undefined
  }
}

/** What is a member and not `none` if the formula holds, or if it does not. */
function membersIf(formula: Expression, holds: boolean): readonly string[] {
  switch (formula.kind) {
    case 'not':
      return membersIf(formula.operand, !holds)
    case 'and':
    case 'or':
      return holds === (formula.kind === 'and') ? formula.operands.flatMap((operand) => membersIf(operand, holds)) : []
    case 'equal': {
      const { left, right } = formula
      const [place, value] = left.kind === 'literal' ? [right, left] : [left, right]
      if (value.kind !== 'literal' || value.domain.kind === 'range') return []
      const isSaid = holds ? value.value >= 0 : value.value < 0
      return isSaid ? [textOf(place)] : []
    }
    default:
      return []
  }
}

function textOf(expression: Expression): string {
  return JSON.stringify(expression)
}
