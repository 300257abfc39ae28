import type { Checked } from '../../foundation/diagnostic.ts'
import type { Action, Assignment } from './action.ts'
import type { Domain } from './domain.ts'
import { describeValue, sortOfDomain } from './domain.ts'
import type { Expression } from './expression.ts'
import { printDomain, printExpression } from './print.ts'
import { elementCount, indicesOf } from './state.ts'
import type { Allocation, TransitionSystem } from './transition-system.ts'
import { reusableMember } from './transition-system.ts'
import { checkExpression, checkFormula, checkRead, checkValue } from './validate-expression.ts'
import type { ValidationScope } from './validation-scope.ts'
import { checkDomain, describeSort, isInterchangeable, report, reportTwice, scopeOf, within } from './validation-scope.ts'
import type { Variable } from './variable.ts'

/**
 * Decides whether a transition system is well formed; every other part of the toolkit may assume one that is.
 *
 * What only a run can show (a value that leaves its domain, an index that is `none`) is not looked for. Diagnostics come in order of
 * declaration. Cost: one visit of every expression.
 */
export function validateSystem(system: TransitionSystem): Checked<TransitionSystem> {
  const scope = scopeOf(system, [`system ${system.name}`])
  const own: ValidationScope = { ...scope, mayReadMonitors: false }
  for (const [things, named] of Object.entries({ variables: system.variables, actions: system.actions })) {
    reportTwice(
      scope,
      things,
      named.map(({ name }) => name),
    )
  }
  reportTwice(scope, 'processes', system.processes)
  reportTwice(
    scope,
    'allocations',
    system.allocations.map(({ domain }) => sortOfDomain(domain)),
  )
  for (const variable of system.variables) checkVariable(variable, within(scope, `variable ${variable.name}`))
  for (const allocation of system.allocations) checkAllocation(allocation, own)
  checkFormula(system.final, within(own, 'final'))
  for (const action of system.actions) checkAction(action, within(own, `action ${action.name}`))
  return scope.diagnostics.length === 0 ? { ok: true, value: system } : { ok: false, diagnostics: scope.diagnostics }
}

function checkVariable(variable: Variable, scope: ValidationScope): void {
  for (const domain of [variable.domain, ...variable.indexedBy]) checkDomain(domain, scope)
  const expected = elementCount(variable.indexedBy)
  if (variable.initial.length !== expected) {
    const found = variable.initial.length
    report(scope, 'MC107', `${found} initial values are given; expected ${expected}`, 'Give one for each element, or one for all.')
    return
  }
  const initial = within(scope, 'initial value')
  if (variable.initial.every((value) => checkValue(variable.domain, value, initial))) checkElements(variable, initial)
}

/** A forgotten identity gets its initial elements back and may be handed out again, so all must begin alike and refer to none of them. */
function checkElements(variable: Variable, scope: ValidationScope): void {
  const likeness = new Map<string, number>()
  for (const [element, value] of variable.initial.entries()) {
    const indices = indicesOf(variable.indexedBy, element)
    const kinds = indices.map((index, i) => {
      const domain = variable.indexedBy[i]
      return domain !== undefined && isInterchangeable(scope, domain, index) ? 'any' : index
    })
    if (!kinds.includes('any')) continue
    const first = likeness.get(kinds.join()) ?? value
    likeness.set(kinds.join(), first)
    if (value === first && !isInterchangeable(scope, variable.domain, value)) continue
    report(
      scope,
      'MC102',
      `the element at ${indices.map((index, i) => describeIndex(variable.indexedBy[i], index)).join(', ')} begins as "${describeValue(variable.domain, value)}"; that would tell interchangeable members apart and break symmetry`,
      'Begin alike for all of them, use a distinguished member, or set it by a first action.',
    )
    return
  }
}

function describeIndex(domain: Domain | undefined, index: number): string {
  return domain === undefined ? String(index) : describeValue(domain, index)
}

function checkAllocation({ domain, reusable }: Allocation, scope: ValidationScope): void {
  const inside = within(scope, `allocation of ${printDomain(domain)}`)
  checkDomain(domain, inside)
  if (domain.kind !== 'scalarset') {
    report(inside, 'MC102', 'only members of a scalarset are allocated', 'Make it a scalarset.')
  }
  checkFormula(reusable, { ...within(inside, 'reusable'), bound: new Map([[reusableMember, domain]]) })
}

function checkAction(action: Action, scope: ValidationScope): void {
  const { processes } = scope.system
  if (processes[action.process] === undefined) {
    const expected = `0 to ${processes.length - 1} (${processes.join(', ')})`
    report(scope, 'MC105', `process ${action.process} does not exist; expected ${expected}`, 'Use the position of a process.')
  }
  checkFormula(action.guard, within(scope, 'guard'))
  const targets = new Set<string>()
  for (const assignment of action.assignments) {
    const { variable, indices } = assignment.target
    const inside: ValidationScope = {
      ...scope,
      place: { outer: scope.place, name: () => `assignment to ${printExpression(assignment.target)}` },
      // The target of an assignment to a monitor is a monitor itself; what it is assigned from may be too.
      mayReadMonitors: scope.variables.get(variable)?.role === 'monitor',
      mayAllocate: true,
    }
    checkAssignment(assignment, inside)
    const target = indices.length === 0 ? variable : JSON.stringify(assignment.target)
    if (targets.has(target)) {
      report(
        inside,
        'MC115',
        `"${printExpression(assignment.target)}" is assigned twice in one action`,
        'Keep one assignment, or make two actions.',
      )
    }
    targets.add(target)
  }
  for (const event of action.events) {
    checkFormula(event.when, { ...within(scope, `event ${event.name}`), mayReadMonitors: true })
  }
}

function checkAssignment({ target, value }: Assignment, scope: ValidationScope): void {
  const variable = scope.variables.get(target.variable)
  const targetSort = checkRead(target, scope)
  const sort = checkExpression(value, scope)
  if (variable === undefined || targetSort === undefined || sort === undefined) return
  if (sort !== targetSort) {
    report(
      scope,
      'MC102',
      `"${printExpression(value)}" is ${describeSort(sort)}; expected ${describeSort(targetSort)}`,
      'Assign a value of the domain of the variable.',
    )
  } else if (value.kind === 'literal') checkOwnDomain(value, variable.domain, scope)
}

/** A literal fits its own domain but perhaps not that of the variable; only one message for one mistake. */
function checkOwnDomain(literal: Extract<Expression, { kind: 'literal' }>, domain: Domain, scope: ValidationScope): void {
  const ownScope = { ...scope, diagnostics: [] }
  if (checkValue(literal.domain, literal.value, ownScope)) checkValue(domain, literal.value, scope)
}
