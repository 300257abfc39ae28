import type { Domain } from './domain.ts'

/**
 * What can be asked of a state, as plain data. `evaluate.ts` says what each node means. Conjunction, disjunction, conditional and
 * quantifiers stop at the first operand that decides them, from left to right, so a guard may protect an index after it.
 */
export type Expression =
  | Literal
  | Read
  | Bound
  | Not
  | Junction
  | Comparison
  | Arithmetic
  | Conditional
  | Quantifier
  | Fresh
  | After
  | Actor
  | EventHappens

export interface Literal {
  readonly kind: 'literal'
  readonly domain: Domain
  readonly value: number
}
/** The value of a variable, or of one element of an array. */
export interface Read {
  readonly kind: 'read'
  readonly variable: string
  readonly indices: readonly Expression[]
}
/** The name a quantifier binds. */
export interface Bound {
  readonly kind: 'bound'
  readonly name: string
  readonly domain: Domain
}
export interface Not {
  readonly kind: 'not'
  readonly operand: Expression
}
export interface Junction {
  readonly kind: 'and' | 'or'
  readonly operands: readonly Expression[]
}
/** `less` is for integers only; a scalarset has no order. */
export interface Comparison {
  readonly kind: 'equal' | 'less'
  readonly left: Expression
  readonly right: Expression
}
export interface Arithmetic {
  readonly kind: 'add' | 'subtract'
  readonly left: Expression
  readonly right: Expression
}
export interface Conditional {
  readonly kind: 'conditional'
  readonly condition: Expression
  readonly then: Expression
  readonly otherwise: Expression
}
/** Over the members of a domain, `none` excluded. `count` is an integer, the others are boolean. */
export interface Quantifier {
  readonly kind: 'exists' | 'forAll' | 'count'
  readonly name: string
  readonly domain: Domain
  readonly body: Expression
}
/** The lowest member of an allocated scalarset that nothing refers to before the action: the same one throughout it. Only in assignments. */
export interface Fresh {
  readonly kind: 'fresh'
  readonly domain: Domain
}
/** In a transition formula: the value a variable has after the transition (indices are read before it). */
export interface After {
  readonly kind: 'after'
  readonly read: Read
}
/** In a transition formula: the process that takes the transition, as a member of the domain that lists the processes in order. */
export interface Actor {
  readonly kind: 'actor'
  readonly domain: Domain
}
/** In a transition formula: the action declares this event, and the event's condition holds before the transition. */
export interface EventHappens {
  readonly kind: 'event'
  readonly name: string
}

/** Direct operands, in evaluation order. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'bound':
    case 'fresh':
    case 'actor':
    case 'event':
      return []
    case 'read':
      return expression.indices
    case 'not':
      return [expression.operand]
    case 'and':
    case 'or':
      return expression.operands
    case 'equal':
    case 'less':
    case 'add':
    case 'subtract':
      return [expression.left, expression.right]
    case 'conditional':
      return [expression.condition, expression.then, expression.otherwise]
    case 'exists':
    case 'forAll':
    case 'count':
      return [expression.body]
    case 'after':
      return [expression.read]
  }
}
