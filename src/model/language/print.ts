import { match } from 'ts-pattern'
import type { Action } from './action.ts'
import type { Domain } from './domain.ts'
import { describeValue } from './domain.ts'
import type { Expression, Junction, Read } from './expression.ts'
import type { TransitionSystem } from './transition-system.ts'
import type { Variable } from './variable.ts'

/** How tightly a node holds its operands together; an operand that holds less tightly than its place asks for gets parentheses. */
const strength = Object.freeze({ open: 0, or: 1, and: 2, not: 3, comparison: 4, sum: 5, atom: 6 })

/** Text of an expression in one line: `exists t in thread: slot[t] = none and not done`. */
export function printExpression(expression: Expression): string {
  return printAt(strength.open, expression)
}

/** Text of a domain with its values: "0..3", "phase (idle, waiting)", "thread (main, 2 others) or none". */
export function printDomain(domain: Domain): string {
  return match(domain)
    .with({ kind: 'boolean' }, () => 'boolean')
    .with({ kind: 'range' }, ({ min, max }) => `${min}..${max}`)
    .with({ kind: 'enumeration' }, ({ name, members, orNone }) => `${name} (${members.join(', ')})${noneSuffix(orNone)}`)
    .with({ kind: 'scalarset' }, ({ name, distinguished, interchangeable, orNone }) => {
      const others = distinguished.length === 0 ? `${interchangeable}` : `${interchangeable} others`
      return `${name} (${[...distinguished, others].join(', ')})${noneSuffix(orNone)}`
    })
    .exhaustive()
}

/** Text of an action over several lines: its name, when it may happen, what it assigns, and the events it declares. */
export function printAction(action: Action, processes: readonly string[]): string {
  const lines = [`action ${action.name} of ${processes[action.process] ?? `process ${action.process}?`}`]
  if (!isTruth(action.guard)) lines.push(`  when ${printExpression(action.guard)}`)
  for (const { target, value } of action.assignments) lines.push(`  ${printRead(target)} := ${printExpression(value)}`)
  for (const { name, when } of action.events) {
    lines.push(isTruth(when) ? `  event ${name}` : `  event ${name} when ${printExpression(when)}`)
  }
  return lines.join('\n')
}

/** Text of a whole system, one declaration a line, in order of declaration. */
export function printSystem(system: TransitionSystem): string {
  return [
    `system ${system.name}`,
    `processes ${system.processes.join(', ')}`,
    ...system.variables.map(printVariable),
    ...system.allocations.map(({ domain, reusable }) => `allocates ${domainName(domain)}, reusable when ${printExpression(reusable)}`),
    `final when ${printExpression(system.final)}`,
    ...system.actions.map((action) => printAction(action, system.processes)),
  ].join('\n')
}

function printVariable({ name, domain, indexedBy, initial, role }: Variable): string {
  const indices = indexedBy.length === 0 ? '' : `[${indexedBy.map(domainName).join(', ')}]`
  const values = initial.every((value) => value === initial[0]) ? initial.slice(0, 1) : initial
  return `${role} ${name}${indices}: ${printDomain(domain)} = ${values.map((value) => describeValue(domain, value)).join(', ')}`
}

function printAt(wanted: number, expression: Expression): string {
  const [own, text] = printNode(expression)
  return own < wanted ? `(${text})` : text
}

function printNode(expression: Expression): readonly [number, string] {
  return match(expression)
    .returnType<readonly [number, string]>()
    .with({ kind: 'literal' }, ({ domain, value }) => [strength.atom, describeValue(domain, value)])
    .with({ kind: 'read' }, (read) => [strength.atom, printRead(read)])
    .with({ kind: 'bound' }, ({ name }) => [strength.atom, name])
    .with({ kind: 'not', operand: { kind: 'equal' } }, ({ operand }) => [
      strength.comparison,
      infix(operand.left, '!=', operand.right, strength.sum),
    ])
    .with({ kind: 'not' }, ({ operand }) => [strength.not, `not ${printAt(strength.not, operand)}`])
    .with({ kind: 'and' }, { kind: 'or' }, printJunction)
    .with({ kind: 'equal' }, ({ left, right }) => [strength.comparison, infix(left, '=', right, strength.sum)])
    .with({ kind: 'less' }, ({ left, right }) => [strength.comparison, infix(left, '<', right, strength.sum)])
    .with({ kind: 'add' }, ({ left, right }) => [strength.sum, infix(left, '+', right, strength.atom)])
    .with({ kind: 'subtract' }, ({ left, right }) => [strength.sum, infix(left, '-', right, strength.atom)])
    .with({ kind: 'conditional' }, ({ condition, then, otherwise }) => [
      strength.open,
      `if ${printExpression(condition)} then ${printAt(strength.or, then)} else ${printAt(strength.or, otherwise)}`,
    ])
    .with({ kind: 'exists' }, ({ name, domain, body }) => [strength.open, quantified('exists', name, domain, body)])
    .with({ kind: 'forAll' }, ({ name, domain, body }) => [strength.open, quantified('for all', name, domain, body)])
    .with({ kind: 'count' }, ({ name, domain, body }) => [strength.open, quantified('count', name, domain, body)])
    .with({ kind: 'fresh' }, ({ domain }) => [strength.atom, `fresh ${domainName(domain)}`])
    .with({ kind: 'after' }, ({ read }) => [strength.atom, `after ${printRead(read)}`])
    .with({ kind: 'actor' }, () => [strength.atom, 'actor'])
    .with({ kind: 'event' }, ({ name }) => [strength.not, `happens "${name}"`])
    .exhaustive()
}

/** No operand is the neutral one, and one stands for itself. */
function printJunction({ kind, operands }: Junction): readonly [number, string] {
  const [first] = operands
  if (first === undefined) return [strength.atom, kind === 'and' ? 'true' : 'false']
  if (operands.length === 1) return printNode(first)
  return [strength[kind], operands.map((operand) => printAt(strength[kind] + 1, operand)).join(` ${kind} `)]
}

function printRead({ variable, indices }: Read): string {
  return indices.length === 0 ? variable : `${variable}[${indices.map(printExpression).join(', ')}]`
}

function infix(left: Expression, operator: string, right: Expression, wanted: number): string {
  return `${printAt(wanted, left)} ${operator} ${printAt(wanted, right)}`
}

function quantified(word: string, name: string, domain: Domain, body: Expression): string {
  return `${word} ${name} in ${domainName(domain)}: ${printExpression(body)}`
}

/** Name of a domain where its values would be in the way. */
function domainName(domain: Domain): string {
  return domain.kind === 'enumeration' || domain.kind === 'scalarset' ? domain.name : printDomain(domain)
}

function noneSuffix(orNone: boolean): string {
  return orNone ? ' or none' : ''
}

function isTruth(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.domain.kind === 'boolean' && expression.value === 1
}
