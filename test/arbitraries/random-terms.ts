import { conditional } from '../../src/model/language/builder.ts'
import type { Domain } from '../../src/model/language/domain.ts'
import { contains, firstMember, highestValue, lowestValue, memberCount, none, sortOfDomain } from '../../src/model/language/domain.ts'
import type { Bound, Expression, Literal, Quantifier, Read } from '../../src/model/language/expression.ts'
import type { Variable } from '../../src/model/language/variable.ts'
import type { Choices } from './choices.ts'

/** What random terms may speak of. */
export interface TermScope {
  readonly choices: Choices
  readonly variables: readonly Variable[]
  /** To quantify over. */
  readonly domains: readonly Domain[]
  readonly bound: readonly Bound[]
  /** The scalarset whose interchangeable members nobody may name. */
  readonly allocated: Domain | undefined
  /** In a transition formula: the domain of the processes, and the events there are. */
  readonly transition?: { readonly processes: Domain; readonly events: readonly string[] }
}

/** Formulas that must hold for a term to have a value that fits its place. Put them before the term, in this order. */
export type Needs = Expression[]

export const truth: Expression = { kind: 'literal', domain: { kind: 'boolean' }, value: 1 }

/** The formula, protected by what it needs. */
export function protectedBy(needs: Needs, formula: Expression): Expression {
  return needs.length === 0 ? formula : { kind: 'and', operands: [...needs, formula] }
}

export function not(operand: Expression): Expression {
  return { kind: 'not', operand }
}

/** A formula that never fails: every index in it is protected. */
export function randomFormula(scope: TermScope, depth: number): Expression {
  const needs: Needs = []
  const body = formulaBody(scope, depth, needs)
  return protectedBy(needs, body)
}

function formulaBody(scope: TermScope, depth: number, needs: Needs): Expression {
  const { choices } = scope
  const inner = (): Expression => randomFormula(scope, depth - 1)
  const simple = [(): Expression => randomComparison(scope, depth, needs), () => randomOrder(scope, depth, needs)]
  const events = scope.transition?.events ?? []
  if (events.length > 0) simple.push(() => ({ kind: 'event', name: choices.oneOf(events) }))
  if (depth === 0) return choices.oneOf(simple)()
  return choices.oneOf<() => Expression>([
    ...simple,
    ...simple,
    () => not(inner()),
    () => ({ kind: 'and', operands: [inner(), inner()] }),
    () => ({ kind: 'or', operands: [inner(), inner()] }),
    () => conditional(inner(), inner(), inner()),
    () => randomQuantifier(scope, depth, 'exists'),
    () => randomQuantifier(scope, depth, 'forAll'),
  ])()
}

/** A variable compared with something of its sort; a boolean variable may stand alone. */
function randomComparison(scope: TermScope, depth: number, needs: Needs): Expression {
  const variable = scope.choices.oneOf(scope.variables)
  const left = randomRead(scope, variable, needs)
  if (left === undefined) return truth
  const place = maybeAfter(scope, left)
  if (variable.domain.kind === 'boolean' && scope.choices.chance(70)) return place
  const right = randomTerm(scope, variable.domain, Math.max(0, depth - 1), needs)
  return { kind: 'equal', left: place, right: isSame(place, right) ? randomLiteral(scope, variable.domain) : right }
}

function randomOrder(scope: TermScope, depth: number, needs: Needs): Expression {
  const integers = scope.variables.filter(({ domain }) => domain.kind === 'range')
  const variable = integers[scope.choices.below(Math.max(1, integers.length))]
  const read = variable && randomRead(scope, variable, needs)
  if (variable === undefined || read === undefined) return randomComparison(scope, depth, needs)
  const left = maybeAfter(scope, read)
  const term = randomTerm(scope, variable.domain, Math.max(0, depth - 1), needs)
  const right = isSame(left, term) ? randomLiteral(scope, variable.domain) : term
  return scope.choices.chance(50) ? { kind: 'less', left: right, right: left } : { kind: 'less', left, right }
}

/** A comparison of a thing with itself says nothing. */
export function isSame(left: Expression, right: Expression): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

function randomQuantifier(scope: TermScope, depth: number, kind: Quantifier['kind']): Expression {
  const domain = scope.choices.oneOf(scope.domains)
  const name = `each${scope.bound.length + 1}`
  const bound: readonly Bound[] = [{ kind: 'bound', name, domain }, ...scope.bound]
  return { kind, name, domain, body: randomFormula({ ...scope, bound }, depth - 1) }
}

/** A term of the sort of `domain`; its value may lie outside, and indices in it are protected by `needs` only. */
export function randomTerm(scope: TermScope, domain: Domain, depth: number, needs: Needs): Expression {
  if (domain.kind === 'boolean' && depth > 0) return randomFormula(scope, depth - 1)
  const { choices } = scope
  const inner = (): Expression => randomTerm(scope, domain, depth - 1, needs)
  const alternatives: (() => Expression)[] = [() => randomLiteral(scope, domain)]
  for (const bound of scope.bound) if (isAlike(bound.domain, domain)) alternatives.push(() => bound)
  if (scope.transition !== undefined && isAlike(scope.transition.processes, domain)) {
    const actor: Expression = { kind: 'actor', domain: scope.transition.processes }
    alternatives.push(() => actor)
  }
  for (const variable of scope.variables) {
    if (!isAlike(variable.domain, domain)) continue
    alternatives.push(() => {
      const read = randomRead(scope, variable, needs)
      return read === undefined ? randomLiteral(scope, domain) : maybeAfter(scope, read)
    })
  }
  if (depth > 0) {
    alternatives.push(() => {
      const condition = randomFormula(scope, depth - 1)
      return conditional(condition, inner(), inner())
    })
    if (domain.kind === 'range') {
      alternatives.push(() => ({ kind: 'add', left: inner(), right: inner() }))
      alternatives.push(() => ({ kind: 'subtract', left: inner(), right: inner() }))
      alternatives.push(() => randomQuantifier(scope, depth, 'count'))
    }
  }
  return choices.oneOf(alternatives)()
}

/** A literal that may be written: a member, or `none`, but no interchangeable member of the allocated scalarset. */
export function randomLiteral(scope: TermScope, domain: Domain): Literal {
  const values = Array.from({ length: memberCount(domain) }, (_, offset) => firstMember(domain) + offset).filter(
    (value) => domain.kind !== 'scalarset' || !isAlike(scope.allocated, domain) || value < domain.distinguished.length,
  )
  if (domain.kind === 'boolean' || domain.kind === 'range') {
    return { kind: 'literal', domain, value: scope.choices.oneOf(values) }
  }
  const value = scope.choices.oneOf(domain.orNone || values.length === 0 ? [...values, none] : values)
  return { kind: 'literal', domain: { ...domain, orNone: value === none }, value }
}

/** A place of the variable; undefined when there is nothing to index it with. */
export function randomRead(scope: TermScope, variable: Variable, needs: Needs): Read | undefined {
  const indices = variable.indexedBy.map((domain) => randomIndex(scope, domain, needs))
  const given = indices.flatMap((index) => (index === undefined ? [] : [index]))
  return given.length < indices.length ? undefined : { kind: 'read', variable: variable.name, indices: given }
}

function randomIndex(scope: TermScope, domain: Domain, needs: Needs): Expression | undefined {
  const literal = randomLiteral(scope, domain)
  const choices: Expression[] = scope.bound.filter((bound) => isAlike(bound.domain, domain))
  if (contains(domain, literal.value)) choices.push(literal)
  for (const variable of scope.variables) {
    if (isAlike(variable.domain, domain) && variable.indexedBy.length === 0) {
      choices.push({ kind: 'read', variable: variable.name, indices: [] })
    }
  }
  if (choices.length === 0) return undefined
  const index = scope.choices.oneOf(choices)
  needs.push(...membership(scope, index, domain))
  return index
}

/** Formulas that say that a value of the sort of `domain` is a member of it, `none` not being one; empty where that is plain. */
export function membership(scope: TermScope, term: Expression, domain: Domain): readonly Expression[] {
  if (domain.kind === 'boolean' || isPlainlyMember(scope, term, domain)) return []
  const literal = (value: number): Expression => ({
    kind: 'literal',
    domain: domain.kind === 'range' ? { kind: 'range', min: value, max: value } : { ...domain, orNone: true },
    value,
  })
  if (domain.kind !== 'range') return [not({ kind: 'equal', left: term, right: literal(none) })]
  return [
    not({ kind: 'less', left: term, right: literal(domain.min) }),
    not({ kind: 'less', left: literal(highestValue(domain)), right: term }),
  ]
}

function isPlainlyMember(scope: TermScope, term: Expression, domain: Domain): boolean {
  const isWithin = (inner: Domain): boolean => lowestValue(inner) >= firstMember(domain) && highestValue(inner) <= highestValue(domain)
  if (term.kind === 'literal') return term.value >= firstMember(domain) && term.value <= highestValue(domain)
  if (term.kind === 'bound') return isWithin({ ...term.domain, orNone: false } as Domain)
  if (term.kind === 'conditional') return isPlainlyMember(scope, term.then, domain) && isPlainlyMember(scope, term.otherwise, domain)
  const variable = term.kind === 'read' ? scope.variables.find(({ name }) => name === term.variable) : undefined
  return variable !== undefined && isWithin(variable.domain)
}

function maybeAfter(scope: TermScope, read: Read): Expression {
  return scope.transition !== undefined && scope.choices.chance(40) ? { kind: 'after', read } : read
}

function isAlike(left: Domain | undefined, right: Domain): boolean {
  return left !== undefined && sortOfDomain(left) === sortOfDomain(right)
}
