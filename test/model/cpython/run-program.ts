import { Stage, threadNames } from '../../../src/model/clients/stage.ts'
import { currentFor } from '../../../src/model/cpython/current.ts'
import { hangsForEver } from '../../../src/model/cpython/finalization/late-thread.ts'
import { runsPython } from '../../../src/model/cpython/gil/run-python.ts'
import { waitsForTheGil } from '../../../src/model/cpython/gil/take-gil.ts'
import type { Policy } from '../../../src/model/cpython/policy.ts'
import type { RuntimeState } from '../../../src/model/cpython/runtime-state.ts'
import { isAlive, osThreadAt, runtimeStateOf, runtimeVariables, threadStateAllocation } from '../../../src/model/cpython/runtime-state.ts'
import type { ThreadState } from '../../../src/model/cpython/vocabulary.ts'
import type { Term } from '../../../src/model/language/builder.ts'
import { literal } from '../../../src/model/language/builder.ts'
import type { Domain } from '../../../src/model/language/domain.ts'
import { describeValue, memberCount } from '../../../src/model/language/domain.ts'
import { apply, evaluate, isEnabled } from '../../../src/model/language/evaluate.ts'
import type { Expression } from '../../../src/model/language/expression.ts'
import type { State } from '../../../src/model/language/state.ts'
import { shapeOf } from '../../../src/model/language/state.ts'
import { endLocation } from '../../../src/model/program/flow-graph.ts'
import type { ProgramSystem } from '../../../src/model/program/to-system.ts'
import { outcomeVariable, systemOf } from '../../../src/model/program/to-system.ts'

export interface RunOptions {
  readonly policy: Policy
  /** Which thread goes first whenever both can: 0 is the main thread, which is the default. */
  readonly first?: 0 | 1
  /** Names of the interpreters, the main one first. */
  readonly interpreters?: readonly string[]
}

/** What one of the two threads has at the end of a run. */
export interface ThreadAtEnd {
  readonly attached: string
  readonly slot: string
  readonly stands: 'ends' | 'waits for the GIL' | 'sleeps for ever' | 'elsewhere'
}

export interface ProgramRun {
  /** Message of the fatal error or undefined behaviour, or "none". */
  readonly outcome: string
  /** Who ran Python code in which interpreter, in order: "thread 1 in sub". */
  readonly ran: readonly string[]
  readonly main: ThreadAtEnd
  readonly thread: ThreadAtEnd
  /** Thread states that are alive. */
  readonly alive: readonly string[]
  /** Open guards of each interpreter, in order; empty where there are no guards. */
  readonly guards: readonly number[]
}

const bounds = { threads: 1, interpreters: 2, rounds: 1 }

/** Runs a program of the main thread and one other by the reference semantics, until nothing is enabled. */
export function runProgram(options: RunOptions, write: (stage: Stage) => void): ProgramRun {
  const { policy, first = 0, interpreters = ['main', 'sub'] } = options
  const runtime = runtimeStateOf({ threads: threadNames(bounds), interpreters, threadStates: 6, policy })
  const stage = new Stage(bounds, runtime)
  write(stage)
  const programs = systemOf(stage.programs, {
    name: 'under test',
    variables: [...runtimeVariables(runtime), ...stage.sharedVariables],
    allocations: [threadStateAllocation(runtime)],
    merge: false,
    visible: new Set(),
  })
  return runSystem(programs, runtime, first)
}

function runSystem({ system, standsAt }: ProgramSystem, runtime: RuntimeState, first: 0 | 1): ProgramRun {
  const shape = shapeOf(system.variables)
  const actions = [...system.actions].sort((a, b) => (a.process === b.process ? 0 : a.process === first ? -1 : 1))
  const ran: string[] = []
  let state: State = shape.initial
  const value = (expression: Expression): number => evaluate(expression, { shape, system, state })
  const { threadState, threadStateOrNone, interpreter } = runtime.vocabulary
  const currentOf = (process: number): Term<ThreadState> => currentFor({ runtime, thread: osThreadAt(runtime, process) })
  for (;;) {
    const action = actions.find((candidate) => isEnabled(system, shape, state, candidate))
    if (action === undefined) break
    if (action.events.some(({ name, when }) => name === runsPython && value(when) === 1)) {
      const where = value(runtime.threadStates.interpreter.at(currentOf(action.process)))
      ran.push(`${system.processes[action.process]} in ${describeValue(interpreter, where)}`)
    }
    state = apply(system, shape, state, action)
  }
  const outcomeDomain = shape.byName.get(outcomeVariable)?.domain
  const standing = (process: number): ThreadAtEnd['stands'] => {
    if (value(standsAt(process, waitsForTheGil)) === 1) return 'waits for the GIL'
    if (value(standsAt(process, hangsForEver)) === 1) return 'sleeps for ever'
    return value({ kind: 'read', variable: `${system.processes[process]} is at`, indices: [] }) === endLocation ? 'ends' : 'elsewhere'
  }
  const threadAt = (process: number): ThreadAtEnd => ({
    attached: describeValue(threadStateOrNone, value(currentOf(process))),
    slot: describeValue(threadStateOrNone, value(runtime.slot.at(osThreadAt(runtime, process)))),
    stands: standing(process),
  })
  return {
    outcome:
      outcomeDomain === undefined ? '?' : describeValue(outcomeDomain, value({ kind: 'read', variable: outcomeVariable, indices: [] })),
    ran,
    main: threadAt(0),
    thread: threadAt(1),
    alive: everyMember(threadState)
      .filter((i) => value(isAlive(runtime, literal(threadState, i))) === 1)
      .map((i) => describeValue(threadState, i)),
    guards: runtime.policy.guards
      ? everyMember(interpreter).map((i) => value(runtime.interpreters.guards.at(literal(interpreter, i))))
      : [],
  }
}

function everyMember(domain: Domain): readonly number[] {
  return Array.from({ length: memberCount(domain) }, (_, i) => i)
}
