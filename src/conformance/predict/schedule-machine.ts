import { ClientThread } from '../../model/clients/client-thread.ts'
import { currentFor } from '../../model/cpython/current.ts'
import type { Policy } from '../../model/cpython/policy.ts'
import type { RuntimeState } from '../../model/cpython/runtime-state.ts'
import { osThreadAt, runtimeStateOf, runtimeVariables, threadStateAllocation } from '../../model/cpython/runtime-state.ts'
import { mainInterpreter, mainInterpreterAgain } from '../../model/cpython/vocabulary.ts'
import { truth } from '../../model/language/builder.ts'
import { enumeration, orNone } from '../../model/language/domain.ts'
import type { Program } from '../../model/program/program-builder.ts'
import { ProgramBuilder } from '../../model/program/program-builder.ts'
import type { ProgramSystem } from '../../model/program/to-system.ts'
import { layOutPrograms, systemOfGraphs } from '../../model/program/to-system.ts'
import type { CallName } from '../schedule/calls.ts'
import type { Dispatcher } from './dispatch.ts'
import { dispatchForEver, dispatchUntilReturn, insideAtexit, insideFinalizer } from './dispatch.ts'
import { callsOfGuards, machineCalls } from './machine-calls.ts'
import { machineVariables } from './machine-variables.ts'
import type { OutcomeKind } from './outcomes.ts'
import { outcomeKinds } from './outcomes.ts'

/** The OS threads of every machine: the main thread, threads Python knows nothing of, and one that Python starts. */
export const cast = { main: 'M', foreign: ['F', 'G'], python: 'P' } as const
const threadNames: readonly string[] = [cast.main, ...cast.foreign, cast.python]
const interpreterNames: readonly string[] = [mainInterpreter, 'sub 1', 'sub 2', mainInterpreterAgain]
/** Thread states alive or still named at once, beside the main one. */
const threadStateCount = 12

/**
 * A release's API as a machine that makes any call it is told to: each OS thread waits for a command, makes the call, leaves what it
 * returned, and waits again. Setting a command and letting the system run until nothing moves is one step of a schedule.
 */
export interface ScheduleMachine {
  readonly policy: Policy
  readonly runtime: RuntimeState
  readonly threads: readonly string[]
  readonly interpreters: readonly string[]
  readonly calls: readonly CallName[]
  readonly program: ProgramSystem
  /** What kind of end each outcome is, by its words. */
  readonly outcomes: ReadonlyMap<string, OutcomeKind>
  /** Identities of thread states, the main one counted. */
  readonly threadStateCount: number
}

/** Writes the machine of a release. Cost: a few tenths of a second; a machine serves any number of schedules. */
export function scheduleMachine(policy: Policy): ScheduleMachine {
  const runtime = runtimeStateOf({
    threads: threadNames,
    interpreters: interpreterNames,
    threadStates: threadStateCount,
    policy,
    finalizes: true,
    withoutThreads: true,
  })
  const calls = (Object.keys(machineCalls) as CallName[]).filter((name) => isPossible(name, policy))
  const commands = orNone(enumeration('call', [...calls, 'return']))
  const variables = machineVariables(runtime, commands)
  const programs = threadNames.map((name, position) => programOf(name, { runtime, variables, calls, commands, position, interpreterNames }))
  const program = systemOfGraphs(layOutPrograms(programs), {
    name: 'schedule machine',
    variables: [...runtimeVariables(runtime), ...Object.values(variables).map((handle) => handle.declaration)],
    allocations: [threadStateAllocation(runtime)],
    merge: true,
    visible: new Set(),
  })
  return {
    policy,
    runtime,
    threads: threadNames,
    interpreters: interpreterNames,
    calls,
    program,
    outcomes: outcomeKinds(program.system),
    threadStateCount: threadStateCount + 1,
  }
}

/**
 * Callbacks run in the main thread only, when an interpreter ends or all do: each place where they run adds every call inside them to the
 * machine. One of the others finalizes as well.
 */
function programOf(name: string, dispatcher: Dispatcher): Program {
  const { runtime, variables, calls, position } = dispatcher
  const thread = new ClientThread(name, { program: new ProgramBuilder(name), runtime, thread: osThreadAt(runtime, position) })
  const inner: Dispatcher = { ...dispatcher, calls: calls.filter((call) => call !== 'Py_FinalizeEx' && call !== 'Py_Initialize') }
  if (name === cast.python) {
    thread.asStartedThread(variables.boot.at(), () => {
      thread.set(variables.pythonThreadRuns.at(), truth)
      dispatchUntilReturn(thread, inner)
    })
  } else if (name === cast.foreign[0]) dispatchForEver(thread, { ...dispatcher, calls: calls.filter((call) => call !== 'Py_Initialize') })
  else if (name !== cast.main) dispatchForEver(thread, inner)
  else {
    const here = runtime.threadStates.interpreter.at(currentFor(thread.caller))
    dispatchForEver(thread, dispatcher, {
      atexit: () => thread.when(variables.hasAtexitCallback.at(here), () => dispatchUntilReturn(thread, inner, insideAtexit)),
      teardown: () => thread.when(variables.hasFinalizer.at(here), () => dispatchUntilReturn(thread, inner, insideFinalizer)),
    })
  }
  return thread.caller.program.finish()
}

function isPossible(name: CallName, policy: Policy): boolean {
  if (name === 'PyGILState_Check') return policy.check !== 'absent'
  if (name === 'new interpreter with its own GIL') return policy.gils !== 'one'
  if (name === 'Py_IsFinalizing') return policy.gilIsCreated === 'at-initialization'
  if (name === 'PyEval_InitThreads') return policy.gilIsCreated === 'on-demand'
  return policy.guards || !callsOfGuards.includes(name)
}
