import type { Action, ActionEvent, Assignment, Telling } from './action.ts'
import type { Domain, Sort, TypedDomain } from './domain.ts'
import { boolean, none as noneValue } from './domain.ts'
import type { Expression, Read } from './expression.ts'
import { elementCount } from './state.ts'
import type { Allocation } from './transition-system.ts'
import { reusableMember } from './transition-system.ts'
import type { Variable } from './variable.ts'

declare const sortOf: unique symbol
/** An expression that TypeScript knows the sort of: comparing a thread with an interpreter does not compile. */
export type Term<S extends Sort> = Expression & { readonly [sortOf]?: (sort: S) => S }
/** A term that can be assigned to. */
export type Place<S extends Sort> = Read & { readonly [sortOf]?: (sort: S) => S }
/** A formula: a boolean term. */
export type Formula = Term<'boolean'>

/** A declared variable and the way to speak of it. */
export interface VariableHandle<S extends Sort, Indices extends readonly Sort[]> {
  readonly declaration: Variable
  /** The variable itself, or the element at these indices. */
  at(...indices: { [I in keyof Indices]: Term<Indices[I]> }): Place<S>
}

type DomainsOf<Indices extends readonly Sort[]> = { readonly [I in keyof Indices]: TypedDomain<Indices[I]> }

export interface VariableOptions<Indices extends readonly Sort[]> {
  readonly indexedBy?: DomainsOf<Indices>
  /** One value for all elements, or one for each, the last index changing fastest. Default: the lowest value. */
  readonly initial?: number | readonly number[]
  readonly role?: Variable['role']
  readonly says?: string
}

export function variable<S extends Sort, const Indices extends readonly Sort[] = []>(
  name: string,
  domain: TypedDomain<S>,
  options: VariableOptions<Indices> = {},
): VariableHandle<S, Indices> {
  const indexedBy: readonly Domain[] = (options.indexedBy ?? []) as readonly Domain[]
  const elements = elementCount(indexedBy)
  const first = domain.kind === 'range' ? domain.min : domain.kind !== 'boolean' && domain.orNone ? noneValue : 0
  const given = options.initial ?? first
  const initial = typeof given === 'number' ? Array.from({ length: elements }, () => given) : [...given]
  const declaration: Variable = Object.freeze({
    name,
    domain,
    indexedBy: Object.freeze([...indexedBy]),
    initial: Object.freeze(initial),
    role: options.role ?? 'shared',
    says: options.says ?? name,
  })
  return Object.freeze({
    declaration,
    at: (...indices: readonly Expression[]): Place<S> =>
      Object.freeze({ kind: 'read', variable: name, indices: Object.freeze([...indices]) }),
  }) as VariableHandle<S, Indices>
}

export const truth: Formula = literal(boolean, 1)
export const falsehood: Formula = literal(boolean, 0)

export function literal<S extends Sort>(domain: TypedDomain<S>, value: number): Term<S> {
  return Object.freeze({ kind: 'literal', domain, value }) as Term<S>
}

/** The member of an enumeration or the distinguished member of a scalarset with this name. */
export function member<S extends Sort>(domain: TypedDomain<S>, name: string): Term<S> {
  const names = domain.kind === 'enumeration' ? domain.members : domain.kind === 'scalarset' ? domain.distinguished : []
  const value = names.indexOf(name)
  if (value < 0) throw new TypeError(`member: no "${name}" among ${names.join(', ')}`)
  return literal(domain, value)
}

export function integer(value: number): Term<'integer'> {
  return literal({ kind: 'range', min: value, max: value } as TypedDomain<'integer'>, value)
}

/** The value that stands for no member of the domain. */
export function none<S extends Sort>(domain: TypedDomain<S>): Term<S> {
  return literal({ ...domain, orNone: true } as TypedDomain<S>, noneValue)
}

export function isNone<S extends Sort>(term: Term<S>, domain: TypedDomain<S>): Formula {
  return equal(term, none(domain) as Term<NoInfer<S>>)
}

export function not(operand: Formula): Formula {
  return Object.freeze({ kind: 'not', operand })
}
export function and(...operands: readonly Formula[]): Formula {
  return Object.freeze({ kind: 'and', operands: Object.freeze([...operands]) })
}
export function or(...operands: readonly Formula[]): Formula {
  return Object.freeze({ kind: 'or', operands: Object.freeze([...operands]) })
}
export function implies(premise: Formula, conclusion: Formula): Formula {
  return or(not(premise), conclusion)
}
export function equal<S extends Sort>(left: Term<S>, right: Term<NoInfer<S>>): Formula {
  return Object.freeze({ kind: 'equal', left, right })
}
export function unequal<S extends Sort>(left: Term<S>, right: Term<NoInfer<S>>): Formula {
  return not(equal(left, right))
}
export function less(left: Term<'integer'>, right: Term<'integer'>): Formula {
  return Object.freeze({ kind: 'less', left, right })
}
export function add(left: Term<'integer'>, right: Term<'integer'>): Term<'integer'> {
  return Object.freeze({ kind: 'add', left, right })
}
export function subtract(left: Term<'integer'>, right: Term<'integer'>): Term<'integer'> {
  return Object.freeze({ kind: 'subtract', left, right })
}
export function conditional<S extends Sort>(condition: Formula, then: Term<S>, otherwise: Term<NoInfer<S>>): Term<S> {
  return Object.freeze({ kind: 'conditional', condition, then, otherwise }) as Term<S>
}

type Body<S extends Sort> = (member: Term<S>) => Formula
export function exists<S extends Sort>(name: string, domain: TypedDomain<S>, body: Body<S>): Formula {
  return Object.freeze({ kind: 'exists', name, domain, body: body(bound(name, domain)) })
}
export function forAll<S extends Sort>(name: string, domain: TypedDomain<S>, body: Body<S>): Formula {
  return Object.freeze({ kind: 'forAll', name, domain, body: body(bound(name, domain)) })
}
export function count<S extends Sort>(name: string, domain: TypedDomain<S>, body: Body<S>): Term<'integer'> {
  return Object.freeze({ kind: 'count', name, domain, body: body(bound(name, domain)) })
}
function bound<S extends Sort>(name: string, domain: TypedDomain<S>): Term<S> {
  return Object.freeze({ kind: 'bound', name, domain }) as Term<S>
}

/** The lowest identity nothing refers to before the action: the same one throughout it. Only in assignments. */
export function fresh<S extends `scalarset ${string}`>(domain: TypedDomain<S>): Term<S> {
  return Object.freeze({ kind: 'fresh', domain }) as Term<S>
}
/** In a transition formula: the value after the transition. */
export function after<S extends Sort>(place: Place<S>): Term<S> {
  return Object.freeze({ kind: 'after', read: place }) as Term<S>
}
/** In a transition formula: the process that acts, as a member of the domain that lists the processes in order. */
export function actor<S extends Sort>(domain: TypedDomain<S>): Term<S> {
  return Object.freeze({ kind: 'actor', domain }) as Term<S>
}
/** In a transition formula: this event happens. */
export function happens(name: string): Formula {
  return Object.freeze({ kind: 'event', name })
}

export function assign<S extends Sort>(target: Place<S>, value: Term<NoInfer<S>>): Assignment {
  return Object.freeze({ target, value })
}
export function event(name: string, when: Formula = truth): ActionEvent {
  return Object.freeze({ name, when })
}

export interface ActionOptions {
  readonly process?: number
  readonly when?: Formula
  readonly assign?: readonly Assignment[]
  readonly events?: readonly ActionEvent[]
  readonly told?: readonly Telling[]
}
export function action(name: string, options: ActionOptions): Action {
  return Object.freeze({
    name,
    process: options.process ?? 0,
    guard: options.when ?? truth,
    assignments: Object.freeze([...(options.assign ?? [])]),
    events: Object.freeze([...(options.events ?? [])]),
    told: Object.freeze([...(options.told ?? [{ says: name, calls: [] }])]),
  })
}

/** Declares that members of a scalarset are handed out by `fresh`, and when one may be handed out again. */
export function allocation<S extends `scalarset ${string}`>(domain: TypedDomain<S>, reusable: Body<S>): Allocation {
  return Object.freeze({ domain, reusable: reusable(bound(reusableMember, domain)) })
}
