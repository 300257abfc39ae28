import type { Client } from '../../src/model/clients/client.ts'
import type { Stage } from '../../src/model/clients/stage.ts'
import { runsPython } from '../../src/model/cpython/gil/run-python.ts'
import { waitsForTheGil } from '../../src/model/cpython/gil/take-gil.ts'
import type { Policy } from '../../src/model/cpython/policy.ts'
import { describeValue } from '../../src/model/language/domain.ts'
import { apply, evaluate, isEnabled } from '../../src/model/language/evaluate.ts'
import type { Expression, Read } from '../../src/model/language/expression.ts'
import type { State } from '../../src/model/language/state.ts'
import { shapeOf } from '../../src/model/language/state.ts'
import { outcomeVariable } from '../../src/model/program/to-system.ts'
import { elaborate } from '../../src/model/scenarios/elaborate.ts'

/** How a run ended, in words that can be written as literals. */
export interface Run {
  /** "ends", "waits for itself", "waits for another thread", or the message of the fatal error or undefined behaviour. */
  readonly ending: string
  /** The interpreter attached each time Python code ran. */
  readonly ranIn: readonly string[]
  readonly gil: 'locked' | 'free'
  readonly current: string
  /** The GILState slot of the acting thread. */
  readonly slot: string
}

const bounds = { threads: 1, interpreters: 2, rounds: 1 }

/**
 * Runs a program of the main thread and one other by the reference semantics: always the first enabled action, the main thread's before the
 * other's. `acting` is the position of the thread whose slot is told.
 */
export function runToEnd(policy: Policy, acting: 0 | 1, write: (stage: Stage) => void): Run {
  const client: Client = { name: 'probe', title: '', says: '', kind: 'unmodified', write }
  const { runtime, compile } = elaborate({ reading: 'cpython-3.2', policy, client, bounds })
  const { system, standsAt } = compile({ merge: false, visible: new Set() })
  const shape = shapeOf(system.variables)
  const ranIn: string[] = []
  let state: State = shape.initial
  const value = (expression: Expression): number => evaluate(expression, { shape, system, state })
  const describe = (read: Read): string => {
    const domain = shape.byName.get(read.variable)?.domain
    return domain === undefined ? '' : describeValue(domain, value(read))
  }
  for (;;) {
    const action = system.actions.find((candidate) => isEnabled(system, shape, state, candidate))
    if (action === undefined) break
    if (action.events.some(({ name, when }) => name === runsPython && value(when) === 1)) {
      ranIn.push(describe(runtime.threadStates.interpreter.at(runtime.current.at())))
    }
    state = apply(system, shape, state, action)
  }
  const outcome = describe({ kind: 'read', variable: outcomeVariable, indices: [] })
  const endingOf = (): string => {
    if (outcome !== 'none') return outcome
    if (value(standsAt(acting, waitsForTheGil)) === 1)
      return `waits for ${value(runtime.gil.owner.at()) === acting ? 'itself' : 'another thread'}`
    return value(system.final) === 1 ? 'ends' : 'waits'
  }
  return {
    ending: endingOf(),
    ranIn,
    gil: value(runtime.gil.locked.at()) === 1 ? 'locked' : 'free',
    current: describe(runtime.current.at()),
    slot: describe(runtime.slot.at({ kind: 'literal', domain: runtime.vocabulary.osThread, value: acting })),
  }
}
