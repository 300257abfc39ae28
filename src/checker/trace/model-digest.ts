import { digestOf } from '../../foundation/digest.ts'
import type { Domain } from '../../model/language/domain.ts'
import type { Expression } from '../../model/language/expression.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Variable } from '../../model/language/variable.ts'

const digestLength = 12

/**
 * Names a transition system by its content: 12 hexadecimal digits that change with anything that can change a run or what a property sees
 * of it. Its name, and what readers are told beyond the names of actions, are no part of it. Cost: one pass over the expressions.
 */
export function modelDigest(system: TransitionSystem): string {
  return digestOf(systemText(system)).slice(0, digestLength)
}

/** The same content as one text, which is equal exactly when the systems are. */
export function systemText({ processes, variables, actions, final, allocations }: TransitionSystem): string {
  const lines: string[] = [JSON.stringify(processes)]
  for (const variable of variables) lines.push(variableText(variable))
  for (const { name, process, guard, assignments, events } of actions) {
    const effects = assignments.map(({ target, value }) => `${expressionText(target)}:=${expressionText(value)}`)
    const raised = events.map((event) => `${JSON.stringify(event.name)}?${expressionText(event.when)}`)
    lines.push(`${JSON.stringify(name)} ${process} ${expressionText(guard)} ${effects.join(';')} ${raised.join(';')}`)
  }
  lines.push(expressionText(final))
  for (const { domain, reusable } of allocations) lines.push(`${domainText(domain)} ${expressionText(reusable)}`)
  return lines.join('\n')
}

function variableText({ name, domain, indexedBy, initial, role }: Variable): string {
  return `${JSON.stringify(name)} ${domainText(domain)} ${indexedBy.map(domainText).join(',')} ${initial.join(',')} ${role}`
}

function domainText(domain: Domain): string {
  return JSON.stringify(domain)
}

/** Unambiguous, not meant to be read. The domain of a literal follows from what it is compared with or assigned to. */
function expressionText(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return `#${expression.value}`
    case 'read':
      return `${JSON.stringify(expression.variable)}[${expression.indices.map(expressionText).join(',')}]`
    case 'bound':
      return `$${JSON.stringify(expression.name)}`
    case 'not':
      return `!(${expressionText(expression.operand)})`
    case 'and':
    case 'or':
      return `${expression.kind}(${expression.operands.map(expressionText).join(',')})`
    case 'equal':
    case 'less':
    case 'add':
    case 'subtract':
      return `${expression.kind}(${expressionText(expression.left)},${expressionText(expression.right)})`
    case 'conditional':
      return `if(${[expression.condition, expression.then, expression.otherwise].map(expressionText).join(',')})`
    case 'exists':
    case 'forAll':
    case 'count':
      return `${expression.kind}(${JSON.stringify(expression.name)}:${domainText(expression.domain)},${expressionText(expression.body)})`
    case 'fresh':
    case 'actor':
      return `${expression.kind}(${domainText(expression.domain)})`
    case 'after':
      return `after(${expressionText(expression.read)})`
    case 'event':
      return `event(${JSON.stringify(expression.name)})`
  }
}
