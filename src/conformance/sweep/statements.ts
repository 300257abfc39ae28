import { hangsForEver } from '../../model/cpython/finalization/late-thread.ts'
import type { Policy } from '../../model/cpython/policy.ts'
import type { Action } from '../../model/language/action.ts'
import { outcomeVariable } from '../../model/program/to-system.ts'
import { statementsIn } from '../predict/covered.ts'
import { scheduleMachine } from '../predict/schedule-machine.ts'

/**
 * Every statement of modelled C code that schedules may reach, in the order of their names: without those of our own dispatcher, and without
 * those that stand for undefined behaviour, which no schedule of ours runs into.
 */
export function statementsOf(policy: Policy): readonly string[] {
  const { program, outcomes } = scheduleMachine(policy)
  const domain = program.system.variables.find(({ name }) => name === outcomeVariable)?.domain
  const isUndefined = ({ assignments }: Action): boolean => {
    const value = assignments.find(({ target }) => target.variable === outcomeVariable)?.value
    const words = value?.kind === 'literal' && domain?.kind === 'enumeration' ? domain.members[value.value] : undefined
    return words !== undefined && outcomes.get(words) === 'undefined'
  }
  const statements = program.system.actions.filter((action) => !isUndefined(action)).flatMap(statementsIn)
  return [...new Set(statements)].filter(isModelledC).sort()
}

/** Not a statement of our own dispatcher, nor the place where a thread sleeps for ever, which is no statement. */
export function isModelledC(statement: string): boolean {
  return !statement.startsWith('client: ') && !statement.endsWith(`: ${hangsForEver}`)
}
