import type { Diagnostic } from '../../foundation/diagnostic.ts'
import type { ErrorCode } from '../../foundation/error-codes.ts'
import { nearestName } from '../../foundation/nearest-name.ts'
import { isSameScalarset } from './allocate.ts'
import type { Domain, Sort } from './domain.ts'
import { memberCount, sortOfDomain } from './domain.ts'
import type { TransitionSystem } from './transition-system.ts'
import type { Variable } from './variable.ts'

/** One step of a place, such as "guard"; as a function where it takes work to name, since most scopes never report anything. */
export type PlaceName = string | (() => string)

/** Where something stands: a step, and where that stands. A list would be copied at every step. */
export interface NestedPlace {
  readonly outer: NestedPlace | undefined
  readonly name: PlaceName
}

/** Where an expression stands while it is validated: what it may speak of, and who hears of mistakes. */
export interface ValidationScope {
  readonly system: TransitionSystem
  readonly variables: ReadonlyMap<string, Variable>
  /** The first domain met of each name; a second one that differs is a mistake. */
  readonly domains: Map<Sort, Domain>
  /** Those found without a mistake: the same object comes again and again. */
  readonly checkedDomains: Set<Domain>
  readonly bound: ReadonlyMap<string, Domain>
  readonly place: NestedPlace | undefined
  readonly mayReadMonitors: boolean
  readonly maySpeakOfTransitions: boolean
  /** Inside an assignment, where `fresh` means something. */
  readonly mayAllocate: boolean
  readonly diagnostics: Diagnostic[]
}

/** A scope in which everything but transition terms is allowed, with no mistake found yet. */
export function scopeOf(system: TransitionSystem, place: readonly string[]): ValidationScope {
  return {
    system,
    variables: new Map(system.variables.map((variable) => [variable.name, variable])),
    domains: new Map(),
    checkedDomains: new Set(),
    bound: new Map(),
    place: place.reduce<NestedPlace | undefined>((outer, name) => ({ outer, name }), undefined),
    mayReadMonitors: true,
    maySpeakOfTransitions: false,
    mayAllocate: false,
    diagnostics: [],
  }
}

/** The same scope one step further in. */
export function within(scope: ValidationScope, name: PlaceName): ValidationScope {
  return { ...scope, place: { outer: scope.place, name } }
}

function wordsFor(place: NestedPlace | undefined): readonly string[] {
  const words: string[] = []
  for (let at = place; at !== undefined; at = at.outer) words.push(typeof at.name === 'string' ? at.name : at.name())
  return words.reverse()
}

export function report(scope: ValidationScope, code: ErrorCode, message: string, hint?: string): void {
  scope.diagnostics.push(
    Object.freeze({
      code,
      message,
      place: wordsFor(scope.place),
      ...(hint === undefined ? {} : { hint }),
    }),
  )
}

/** "Did you mean "slot"?", or the list of what there is. */
export function suggest(asked: string, available: readonly string[]): string {
  const nearest = nearestName(asked, available)
  if (nearest !== undefined) return `Did you mean "${nearest}"?`
  return available.length === 0 ? 'There is none at all.' : `There is: ${available.join(', ')}.`
}

/** Words for a sort: "a boolean", "an integer", "a member of phase". */
export function describeSort(sort: Sort): string {
  if (sort === 'boolean') return 'a boolean'
  return sort === 'integer' ? 'an integer' : `a member of ${sort.slice(sort.indexOf(' ') + 1)}`
}

export function isAllocated(scope: ValidationScope, domain: Domain): boolean {
  return scope.system.allocations.some((allocation) => isSameScalarset(allocation.domain, domain))
}

/** Whether the value is an interchangeable member of an allocated scalarset: nobody may tell it from its fellows. */
export function isInterchangeable(scope: ValidationScope, domain: Domain, value: number): boolean {
  return domain.kind === 'scalarset' && value >= domain.distinguished.length && isAllocated(scope, domain)
}

/** Reports a domain without values, with a member twice, or unlike another domain of the same name. */
export function checkDomain(domain: Domain, scope: ValidationScope): void {
  if (domain.kind === 'boolean') return
  if (domain.kind === 'range') {
    if (Number.isSafeInteger(domain.min) && Number.isSafeInteger(domain.max) && domain.min <= domain.max) return
    report(scope, 'MC102', `${domain.min}..${domain.max} has no values`, 'A range goes from one integer to another that is not less.')
    return
  }
  if (scope.checkedDomains.has(domain)) return
  const sort = sortOfDomain(domain)
  const first = scope.domains.get(sort)
  if (first !== undefined) {
    if (first === domain || hasSameMembers(first, domain)) scope.checkedDomains.add(domain)
    else report(scope, 'MC106', `two domains named "${domain.name}" have unlike members`, 'Give one of them another name.')
    return
  }
  scope.domains.set(sort, domain)
  const size = memberCount(domain)
  if (!Number.isSafeInteger(size) || size < 1) report(scope, 'MC102', `"${domain.name}" has no members`, 'Give it one at least.')
  reportTwice(scope, 'members', domain.kind === 'enumeration' ? domain.members : domain.distinguished)
}

/** Reports every name that occurs again. */
export function reportTwice(scope: ValidationScope, things: string, names: readonly string[]): void {
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) report(scope, 'MC106', `two ${things} are named "${name}"`, 'Give one of them another name.')
    seen.add(name)
  }
}

function hasSameMembers(left: Domain, right: Domain): boolean {
  if (left.kind === 'enumeration' && right.kind === 'enumeration') return isSameList(left.members, right.members)
  if (left.kind !== 'scalarset' || right.kind !== 'scalarset') return left.kind === right.kind
  return left.interchangeable === right.interchangeable && isSameList(left.distinguished, right.distinguished)
}

function isSameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name, i) => name === right[i])
}
