import type { PlacedVariable } from './slots.ts'

/**
 * The intermediate form of the expressions of a system: what the printers of JavaScript and of WebAssembly read. Everything a printer would
 * have to know of the language is gone: names are slots, domains are numbers, what is known is folded, and where the reference semantics
 * throws the form says `fail`, `within` or `inDomain`.
 *
 * A form is a *value* (a 32-bit integer, unless `isWide`) or a *condition* (0 or 1); `nonzero` and `number` lead from one to the other.
 */
export type Form =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'truth'; readonly holds: boolean }
  | ElementForm
  /** What a loop counts, or the parameter of a function. */
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'not' | 'nonzero' | 'number'; readonly operand: Form }
  /** From left to right, up to the first that decides. */
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Form[] }
  | { readonly kind: 'equal' | 'less'; readonly left: Form; readonly right: Form }
  | SumForm
  | { readonly kind: 'multiply'; readonly left: Form; readonly factor: number }
  | { readonly kind: 'choice'; readonly condition: Form; readonly then: Form; readonly otherwise: Form }
  | LoopForm
  /** An index counted from the first member of its domain; fails when there is no such member. */
  | { readonly kind: 'within'; readonly offset: Form; readonly size: number }
  /** A value to assign; fails when it is outside the domain. */
  | { readonly kind: 'inDomain'; readonly value: Form; readonly lowest: number; readonly highest: number }
  | { readonly kind: 'fail' }
  /** The lowest member of an allocation, by its number, that is not in use before the action; fails when all are. */
  | { readonly kind: 'fresh'; readonly allocation: number }

/** The value at a slot of the state before the transition, or of the one after it. */
export interface ElementForm {
  readonly kind: 'element'
  readonly state: StateName
  readonly slot: Form
  readonly of: PlacedVariable
}

export interface SumForm {
  readonly kind: 'add' | 'subtract'
  readonly left: Form
  readonly right: Form
  /** The result may need more than 32 bits. */
  readonly isWide: boolean
}

/** Over members from `first` to `last`, both included. */
export interface LoopForm {
  readonly kind: 'some' | 'every' | 'count'
  readonly local: string
  readonly first: number
  readonly last: number
  readonly body: Form
}

export type StateName = 'before' | 'after'

/** Whether two forms are written the same, so have the same value if they have one. */
export function isSameForm(left: Form, right: Form): boolean {
  return left === right || (left.kind === right.kind && JSON.stringify(left, withoutVariables) === JSON.stringify(right, withoutVariables))
}

/** The slot says it all. */
function withoutVariables(key: string, value: unknown): unknown {
  return key === 'of' ? undefined : value
}
