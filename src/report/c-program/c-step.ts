import type { CNames } from './c-names.ts'
import { identifier, keepInterpreter, makesInterpreter, typeOfResult } from './c-names.ts'
import type { Reproduction, ReproductionStep } from './reproduction.ts'

/** Statements that make the call of a step, from waiting for its turn to telling that it is over. `number` counts from 1. */
export function statementsOf(reproduction: Reproduction, number: number, names: CNames): readonly string[] {
  const step = reproduction.steps[number - 1]
  if (step === undefined) return []
  const before = reproduction.steps[number - 2]
  const isLast = number === reproduction.steps.length
  return [
    ...(before?.comesBack ?? []).map((earlier) => `wait_until(&has_come_back[${earlier + 1}]);`),
    ...(before?.comesIn ?? []).map((thread) => `wait_until(&${identifier(thread)}_runs);`),
    `turn(${number}, "${step.thread}: ${described(step)}");`,
    ...(isLast && reproduction.evidence.kind === 'blocked' ? ['alarm(2);'] : []),
    ...(step.call === 'return' || step.expects === 'waits' ? [`let_go(${number});`] : []),
    ...(step.call === 'return' ? [] : [...callStatements(step, names), `done(${number});`]),
  ]
}

/** "PyThreadState_Swap(made_1) -> old_1". */
function described({ call, arguments: operands, result, home }: ReproductionStep): string {
  const belongs = home === undefined ? '' : ` that belongs to ${home}`
  const text = /^\w+$/.test(call) && call !== 'return' ? `${call}(${operands.join(', ')})` : `${call}${belongs}`
  return result === undefined ? text : `${text} -> ${result}`
}

function callStatements(step: ReproductionStep, names: CNames): readonly string[] {
  const { call, result } = step
  const expression = expressionOf(step, names)
  const type = typeOfResult(call)
  if (type === undefined) return [`${expression};`]
  if (result === undefined) return [`(void)${expression};`]
  const kept = `${identifier(result)} = ${expression};`
  if (!makesInterpreter(step)) return [kept]
  const mark = `mark_interpreter(${names.numberOf(result)});`
  return call === 'PyInterpreterState_New' ? [kept] : [kept, keepInterpreter(result), mark]
}

function expressionOf({ call, arguments: operands, result }: ReproductionStep, names: CNames): string {
  switch (call) {
    case 'run Python':
      return 'here = run_python()'
    case 'start a Python thread':
      return `start_python_thread(&${identifier(result ?? '')}_method)`
    case 'start a threading thread':
    case 'start a daemon thread':
      return `start_threading_thread(&${identifier(result ?? '')}_method, ${call === 'start a daemon thread' ? 1 : 0})`
    case 'new interpreter with its own GIL':
      return 'new_interpreter_with_own_gil()'
    default:
      return `${call}(${operands.map((operand) => names.operand(operand)).join(', ')})`
  }
}
