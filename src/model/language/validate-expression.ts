import { assertNever } from '../../foundation/assert-never.ts'
import type { Domain, Sort } from './domain.ts'
import { contains, describeValue, firstMember, memberCount, sortOfDomain } from './domain.ts'
import type { Actor, Arithmetic, Bound, Comparison, Conditional, Expression, Literal, Quantifier, Read } from './expression.ts'
import { printDomain, printExpression } from './print.ts'
import type { ValidationScope } from './validation-scope.ts'
import { checkDomain, describeSort, isAllocated, isInterchangeable, report, suggest } from './validation-scope.ts'

/** Reports every mistake inside a formula, and one if it is not a boolean. */
export function checkFormula(expression: Expression, scope: ValidationScope): void {
  const sort = checkExpression(expression, scope)
  if (sort === undefined || sort === 'boolean') return
  report(scope, 'MC102', `"${printExpression(expression)}" is ${describeSort(sort)}; expected a boolean`, 'Compare it with something.')
}

/** The sort of an expression; undefined, and at least one report, when it has none. */
export function checkExpression(expression: Expression, scope: ValidationScope): Sort | undefined {
  switch (expression.kind) {
    case 'literal':
      return checkLiteral(expression, scope)
    case 'read':
      return checkRead(expression, scope)
    case 'bound':
      return checkBound(expression, scope)
    case 'not':
      checkFormula(expression.operand, scope)
      return 'boolean'
    case 'and':
    case 'or':
      for (const operand of expression.operands) checkFormula(operand, scope)
      return 'boolean'
    case 'equal':
      return checkEqual(expression, scope)
    case 'less':
      checkIntegers(expression, scope)
      return 'boolean'
    case 'add':
    case 'subtract':
      checkIntegers(expression, scope)
      return 'integer'
    case 'conditional':
      return checkConditional(expression, scope)
    case 'exists':
    case 'forAll':
    case 'count':
      checkQuantifier(expression, scope)
      return expression.kind === 'count' ? 'integer' : 'boolean'
    case 'fresh':
      return checkFresh(expression.domain, scope)
    case 'after':
      checkTransitionTerm('after', scope)
      return checkRead(expression.read, scope)
    case 'actor':
      return checkActor(expression, scope)
    case 'event':
      checkTransitionTerm('happens', scope)
      return 'boolean'
    default:
      return assertNever(expression)
  }
}

/** Reports a value that the domain does not have; true if it has it. */
export function checkValue(domain: Domain, value: number, scope: ValidationScope): boolean {
  if (contains(domain, value)) return true
  const found = domain.kind === 'boolean' || domain.kind === 'range' ? String(value) : describeValue(domain, value)
  report(scope, 'MC105', `"${found}" is not among ${printDomain(domain)}`, 'Widen the domain, or correct the value.')
  return false
}

function checkLiteral({ domain, value }: Literal, scope: ValidationScope): Sort {
  checkDomain(domain, scope)
  if (checkValue(domain, value, scope) && isInterchangeable(scope, domain, value)) {
    report(
      scope,
      'MC102',
      `"${describeValue(domain, value)}" is written out, but the members of that scalarset are allocated and interchangeable: naming one would break symmetry`,
      'Use a variable that holds it, a quantifier, or a distinguished member.',
    )
  }
  return sortOfDomain(domain)
}

/** Also for the target of an assignment, which is a place like any other. */
export function checkRead(read: Read, scope: ValidationScope): Sort | undefined {
  const variable = scope.variables.get(read.variable)
  if (variable === undefined) {
    report(scope, 'MC101', `there is no variable "${read.variable}"`, suggest(read.variable, [...scope.variables.keys()]))
    return undefined
  }
  if (variable.role === 'monitor' && !scope.mayReadMonitors) {
    report(
      scope,
      'MC108',
      `the system reads "${read.variable}", a monitor; only properties, events and assignments to monitors may`,
      'Declare it as a shared variable if the system depends on it.',
    )
  }
  if (read.indices.length !== variable.indexedBy.length) {
    const expected = variable.indexedBy.map(printDomain).join(', ') || 'no index'
    report(scope, 'MC107', `"${read.variable}" has ${read.indices.length} indices; expected ${expected}`, 'Give one value for each.')
  }
  for (const [i, index] of read.indices.entries()) checkIndex(index, variable.indexedBy[i], scope)
  return sortOfDomain(variable.domain)
}

function checkIndex(index: Expression, domain: Domain | undefined, scope: ValidationScope): void {
  const sort = checkExpression(index, scope)
  if (sort === undefined || domain === undefined) return
  if (sort !== sortOfDomain(domain)) {
    const expected = describeSort(sortOfDomain(domain))
    report(
      scope,
      'MC102',
      `"${printExpression(index)}" is ${describeSort(sort)}; expected ${expected} as index`,
      'Use an index of that domain.',
    )
  } else if (index.kind === 'literal') {
    const member = index.value - firstMember(domain)
    if (member >= 0 && member < memberCount(domain)) return
    report(scope, 'MC105', `index "${printExpression(index)}" is not among ${printDomain(domain)}`, 'Use one of them.')
  }
}

function checkBound({ name, domain }: Bound, scope: ValidationScope): Sort | undefined {
  const binding = scope.bound.get(name)
  if (binding === undefined) {
    report(scope, 'MC109', `no quantifier around it binds "${name}"`, suggest(name, [...scope.bound.keys()]))
    return undefined
  }
  if (sortOfDomain(binding) !== sortOfDomain(domain)) {
    const [found, expected] = [domain, binding].map((each) => describeSort(sortOfDomain(each)))
    report(scope, 'MC102', `"${name}" is used as ${found}; expected ${expected}, as it is bound`, 'Rename one of the two.')
  }
  return sortOfDomain(binding)
}

function checkEqual({ left, right }: Comparison, scope: ValidationScope): Sort {
  const [leftSort, rightSort] = [checkExpression(left, scope), checkExpression(right, scope)]
  if (leftSort !== undefined && rightSort !== undefined && leftSort !== rightSort) {
    report(
      scope,
      'MC103',
      `"${printExpression(left)}" is ${describeSort(leftSort)}, but "${printExpression(right)}" is ${describeSort(rightSort)}`,
      'Compare two values of one domain.',
    )
  }
  return 'boolean'
}

function checkIntegers({ kind, left, right }: Comparison | Arithmetic, scope: ValidationScope): void {
  for (const operand of [left, right]) {
    const sort = checkExpression(operand, scope)
    if (sort === undefined || sort === 'integer') continue
    report(
      scope,
      'MC104',
      `"${kind}" is asked of "${printExpression(operand)}", which is ${describeSort(sort)}; expected an integer`,
      'Only a range has an order; members of other domains can be equal or different.',
    )
  }
}

function checkConditional({ condition, then, otherwise }: Conditional, scope: ValidationScope): Sort | undefined {
  checkFormula(condition, scope)
  const [thenSort, otherwiseSort] = [checkExpression(then, scope), checkExpression(otherwise, scope)]
  if (thenSort !== undefined && otherwiseSort !== undefined && thenSort !== otherwiseSort) {
    report(
      scope,
      'MC102',
      `one branch is ${describeSort(thenSort)}, the other ${describeSort(otherwiseSort)}`,
      'Give both branches one domain.',
    )
    return undefined
  }
  return thenSort ?? otherwiseSort
}

function checkQuantifier({ name, domain, body }: Quantifier, scope: ValidationScope): void {
  checkDomain(domain, scope)
  if (scope.bound.has(name)) {
    report(scope, 'MC106', `"${name}" is bound again inside a quantifier that binds it`, 'Give the inner one another name.')
  }
  checkFormula(body, { ...scope, bound: new Map([...scope.bound, [name, domain]]) })
}

function checkActor({ domain }: Actor, scope: ValidationScope): Sort {
  checkTransitionTerm('actor', scope)
  checkDomain(domain, scope)
  const processes = scope.system.processes.length
  if (firstMember(domain) !== 0 || memberCount(domain) !== processes || domain.kind === 'boolean') {
    report(
      scope,
      'MC102',
      `"actor" is asked for as one of ${printDomain(domain)}; expected a domain of ${processes} members, one for each process`,
      'Use the domain that lists the processes.',
    )
  } else if (isAllocated(scope, domain)) {
    report(scope, 'MC102', '"actor" is an allocated identity: processes are fixed', 'Use a scalarset without an allocation.')
  }
  return sortOfDomain(domain)
}

function checkTransitionTerm(term: string, scope: ValidationScope): void {
  if (scope.maySpeakOfTransitions) return
  report(
    scope,
    'MC402',
    `"${term}" speaks of a transition, but here a single state is asked`,
    'Use it in a forbidden transition, or in a premise.',
  )
}

function checkFresh(domain: Domain, scope: ValidationScope): Sort | undefined {
  checkDomain(domain, scope)
  if (!scope.mayAllocate) {
    report(
      scope,
      'MC402',
      '"fresh" stands outside an assignment',
      'Allocate in an assignment: to a variable, or as an index of what is assigned.',
    )
    return undefined
  }
  if (isAllocated(scope, domain)) return sortOfDomain(domain)
  report(
    scope,
    'MC402',
    `"fresh" asks for one of ${printDomain(domain)}, which has no allocation`,
    'Declare an allocation of that scalarset in the system.',
  )
  return undefined
}
