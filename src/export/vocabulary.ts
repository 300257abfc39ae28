import type { Domain, EnumerationDomain, ScalarsetDomain } from '../model/language/domain.ts'
import { describeValue, memberCount } from '../model/language/domain.ts'
import type { Expression } from '../model/language/expression.ts'
import { operandsOf } from '../model/language/expression.ts'
import type { Identifiers } from './identifiers.ts'
import type { PreparedModel } from './prepare.ts'

/** A domain whose members have names. */
export type NamedDomain = EnumerationDomain | ScalarsetDomain

/** Domains with names of a model, each once, in the order in which they are met in variables and then in formulas. */
export function namedDomains(model: PreparedModel): readonly NamedDomain[] {
  const found = new Map<string, NamedDomain>()
  const meet = (domain: Domain): void => {
    if (domain.kind === 'boolean' || domain.kind === 'range') return
    const key = `${domain.kind} ${domain.name}`
    if (!found.has(key)) found.set(key, domain)
  }
  const visit = (expression: Expression): void => {
    if ('domain' in expression) meet(expression.domain)
    for (const operand of operandsOf(expression)) visit(operand)
  }
  for (const { domain, indexedBy } of model.system.variables) for (const each of [domain, ...indexedBy]) meet(each)
  for (const { guard, assignments, forbidden } of model.actions) {
    visit(guard)
    for (const { target, value } of assignments) for (const each of [target, value]) visit(each)
    for (const { condition } of forbidden) visit(condition)
  }
  for (const { holds } of model.invariants) visit(holds)
  visit(model.final)
  for (const { allocation } of model.references) visit(allocation.reusable)
  return [...found.values()]
}

/** Identifier of a member, such as "thread_state_2", "interpreter_sub". */
export function memberName(names: Identifiers, domain: NamedDomain, value: number): string {
  const said = describeValue(domain, value)
  const isNumbered = domain.kind === 'scalarset' && value >= domain.distinguished.length
  return names.of(`member of ${domain.kind} ${domain.name}`, isNumbered ? said : `${domain.name} ${said}`)
}

/** Identifiers of all members, in order. */
export function memberNames(names: Identifiers, domain: NamedDomain): readonly string[] {
  return Array.from({ length: memberCount(domain) }, (_, value) => memberName(names, domain, value))
}

/** Gives every variable, domain and member its identifier, in order of declaration, so that all later asking is stable. */
export function nameAll(names: Identifiers, model: PreparedModel): void {
  for (const { name } of model.system.variables) names.of('variable', name)
  for (const domain of namedDomains(model)) {
    names.of(domain.kind, domain.name)
    memberNames(names, domain)
  }
  for (const { property } of model.invariants) names.of('property', property.name)
  for (const { name } of model.forbidden) names.of('property', name)
}
