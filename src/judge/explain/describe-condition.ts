import type { Action } from '../../model/language/action.ts'
import { describeValue, none } from '../../model/language/domain.ts'
import type { Surroundings } from '../../model/language/evaluate.ts'
import { evaluate } from '../../model/language/evaluate.ts'
import type { Expression, Read } from '../../model/language/expression.ts'
import { operandsOf } from '../../model/language/expression.ts'
import { ModelError } from '../../model/language/model-error.ts'
import { printExpression } from '../../model/language/print.ts'
import { freeNames, transformExpression } from '../../model/language/transform.ts'
import { localName } from '../../report/shown-changes.ts'
import { describePlace } from '../../report/told-step.ts'

/** What an action asks beside where its thread stands, part by part: compiled programs put the program counter first. */
export function conditionsOf({ guard }: Pick<Action, 'guard'>): readonly Expression[] {
  return guard.kind === 'and' ? guard.operands.slice(1).flatMap(conjuncts) : []
}

/** Whether the action begins where its thread stands in this state, whether or not it can be taken. */
export function standsBefore({ guard }: Pick<Action, 'guard'>, around: Surroundings): boolean {
  const first = guard.kind === 'and' ? (guard.operands[0] ?? guard) : guard
  return evaluate(first, around) !== 0
}

/** The first condition that does not hold, in a list of one at most; those behind it may make sense only where it holds. */
export function firstFailing(conditions: readonly Expression[], around: Surroundings): readonly Expression[] {
  const failing = conditions.find((condition) => evaluate(condition, around) === 0)
  return failing === undefined ? [] : [failing]
}

/** Conditions in words, their indices as they are in this state: "GIL is not locked and slot of thread 1 = none". */
export function describeConditions(conditions: readonly Expression[], around: Surroundings): string {
  return conditions.map((condition) => describe(withConcreteIndices(condition, around), around)).join(' and ')
}

/** Every place a condition reads, those inside indices too. */
export function readsOf(expression: Expression): readonly Read[] {
  const own = expression.kind === 'read' ? [expression] : []
  return [...own, ...operandsOf(expression).flatMap(readsOf)]
}

/** Whether a condition is about what other threads can see, and not only about locals. */
export function asksForShared(condition: Expression, { shape }: Surroundings): boolean {
  return readsOf(condition).some(({ variable }) => shape.byName.get(variable)?.role === 'shared')
}

/** Indices that name no bound member are replaced by their values. */
export function withConcreteIndices(expression: Expression, around: Surroundings): Expression {
  return transformExpression(expression, (node) => {
    if (node.kind !== 'read' || node.indices.length === 0 || node.indices.every(({ kind }) => kind === 'literal')) return undefined
    const domains = around.shape.byName.get(node.variable)?.indexedBy ?? []
    const indices = node.indices.map((index, i) => {
      const domain = domains[i]
      const value = freeNames(index).size === 0 ? valueIn(index, around) : undefined
      return domain === undefined || value === undefined || value === none ? index : ({ kind: 'literal', domain, value } as const)
    })
    return { ...node, indices }
  })
}

/** Whether a variable's values are the processes of the system. */
export function namesProcesses(read: Read, { shape, system }: Surroundings): boolean {
  const domain = shape.byName.get(read.variable)?.domain
  return domain?.kind === 'scalarset' && domain.distinguished.join() === system.processes.join()
}

function conjuncts(condition: Expression): readonly Expression[] {
  if (condition.kind === 'and') return condition.operands.flatMap(conjuncts)
  return condition.kind === 'not' && condition.operand.kind === 'not' ? conjuncts(condition.operand.operand) : [condition]
}

function describe(condition: Expression, around: Surroundings): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.operands.map((operand) => describe(operand, around)).join(` ${condition.kind} `)
    case 'read':
      return describeRead(condition, around)
    case 'not':
      return describeNegation(condition.operand, around)
    case 'equal':
      return comparison(describeOperand(condition.left, around), '=', describeOperand(condition.right, around))
    default:
      return printExpression(condition)
  }
}

function describeNegation(operand: Expression, around: Surroundings): string {
  if (operand.kind === 'not') return describe(operand.operand, around)
  if (operand.kind === 'equal') return comparison(describeOperand(operand.left, around), '≠', describeOperand(operand.right, around))
  const claim = describe(operand, around)
  if (operand.kind === 'read' && claim.includes(' is ')) return claim.replace(' is ', ' is not ')
  return `not (${claim})`
}

/** "slot of thread 1 = none", but "the lock is held by none". */
function comparison(left: string, sign: '=' | '≠', right: string): string {
  return left.endsWith(' by') ? `${left} ${sign === '=' ? '' : 'another than '}${right}` : `${left} ${sign} ${right}`
}

function describeOperand(operand: Expression, around: Surroundings): string {
  return operand.kind === 'read' ? describeRead(operand, around) : printExpression(operand)
}

/** An element of a variable as a phrase: "interpreter of thread state 1"; a local without its thread and function. */
function describeRead(read: Read, around: Surroundings): string {
  const declared = around.shape.byName.get(read.variable)
  const indices = read.indices.map((index, i) => {
    const domain = declared?.indexedBy[i]
    return index.kind === 'literal' && domain !== undefined ? describeValue(domain, index.value) : printExpression(index)
  })
  return describePlace({ variable: declared?.role === 'local' ? localName(read) : read.variable, indices })
}

function valueIn(expression: Expression, around: Surroundings): number | undefined {
  try {
    return evaluate(expression, around)
  } catch (error) {
    if (error instanceof ModelError) return undefined
    throw error
  }
}
