import { ClientThread } from '../../model/clients/client-thread.ts'
import type { Policy } from '../../model/cpython/policy.ts'
import type { RuntimeState } from '../../model/cpython/runtime-state.ts'
import { osThreadAt, runtimeStateOf, runtimeVariables, threadStateAllocation } from '../../model/cpython/runtime-state.ts'
import type { Interpreter } from '../../model/cpython/vocabulary.ts'
import type { Place, Term } from '../../model/language/builder.ts'
import {
  assign,
  conditional,
  equal,
  falsehood,
  integer,
  literal,
  member,
  none,
  not,
  truth,
  variable,
} from '../../model/language/builder.ts'
import type { TypedDomain } from '../../model/language/domain.ts'
import { boolean, enumeration, orNone, range } from '../../model/language/domain.ts'
import type { Alternative } from '../../model/program/program-builder.ts'
import { ProgramBuilder } from '../../model/program/program-builder.ts'
import type { ProgramSystem } from '../../model/program/to-system.ts'
import { layOutPrograms, systemOfGraphs } from '../../model/program/to-system.ts'
import type { CallName } from '../schedule/calls.ts'
import type { CallSite, WriteCall } from './machine-calls.ts'
import { machineCalls } from './machine-calls.ts'
import type { OutcomeKind } from './outcomes.ts'
import { outcomeKinds } from './outcomes.ts'

/** Place name of a thread that waits for its next call. */
export const waitsForCalls = 'waits for calls'

/** Names that a schedule may give at once; 0 is NULL and 1 the main thread state. */
export const registerCount = 12

type Command = 'enumeration call'

/** The OS threads of every machine: the main thread, threads Python knows nothing of, and one that Python starts. */
export const cast = { main: 'M', foreign: ['F', 'G'], python: 'P' } as const
const threadNames: readonly string[] = [cast.main, ...cast.foreign, cast.python]
const interpreterNames: readonly string[] = ['main', 'sub 1', 'sub 2']
/** Thread states alive or still named at once, beside the main one. */
const threadStateCount = 14

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
  readonly variables: MachineVariables
}

export type MachineVariables = ReturnType<typeof variablesOf>

/** Writes the machine of a release. Cost: a few tenths of a second; a machine serves any number of schedules. */
export function scheduleMachine(policy: Policy, options: { readonly withoutThreads?: boolean } = {}): ScheduleMachine {
  const runtime = runtimeStateOf({
    threads: threadNames,
    interpreters: interpreterNames,
    threadStates: threadStateCount,
    policy,
    ...options,
  })
  const calls = (Object.keys(machineCalls) as CallName[]).filter((name) => isPossible(name, policy))
  const commands = orNone(enumeration('call', [...calls, 'return']))
  const variables = variablesOf(runtime, commands)
  const writing = { runtime, variables, calls, commands }
  const programs = threadNames.map((name, position) => {
    const thread = new ClientThread(name, { program: new ProgramBuilder(name), runtime, thread: osThreadAt(runtime, position) })
    if (name === cast.python) thread.asStartedThread(variables.boot.at(), () => dispatch(thread, position, { ...writing, mayReturn: true }))
    else dispatch(thread, position, { ...writing, mayReturn: false })
    return thread.caller.program.finish()
  })
  const program = systemOfGraphs(layOutPrograms(programs), {
    name: 'schedule machine',
    variables: [...runtimeVariables(runtime), ...Object.values(variables).map((handle) => handle.declaration)],
    allocations: [threadStateAllocation(runtime)],
    merge: false,
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
    variables,
  }
}

function isPossible(name: CallName, policy: Policy): boolean {
  if (name === 'PyGILState_Check') return policy.check !== 'absent'
  return true
}

function variablesOf(runtime: RuntimeState, commands: TypedDomain<Command>) {
  const { osThread, threadStateOrNone, interpreterOrNone } = runtime.vocabulary
  const registers = range(0, registerCount - 1)
  const perThread = { indexedBy: [osThread] } as const
  return {
    command: variable('command to', commands, perThread),
    operand: variable('operand of', registers, perThread),
    registered: variable('register', threadStateOrNone, {
      indexedBy: [registers],
      initial: Array.from({ length: registerCount }, (_, i) => (i === 1 ? 0 : -1)),
    }),
    guarded: variable('guard or view', interpreterOrNone, { indexedBy: [registers] }),
    resultNumber: variable('number returned to', range(-1, 3), perThread),
    resultThreadState: variable('thread state returned to', threadStateOrNone, perThread),
    resultInterpreter: variable('interpreter returned to', interpreterOrNone, perThread),
    boot: variable('boot of the Python thread', threadStateOrNone),
  }
}

interface Dispatcher {
  readonly runtime: RuntimeState
  readonly variables: MachineVariables
  readonly calls: readonly CallName[]
  readonly commands: TypedDomain<Command>
  readonly mayReturn: boolean
}

/** Waits for commands and obeys, until told to return where that is possible. */
function dispatch(thread: ClientThread, position: number, dispatcher: Dispatcher): void {
  const { runtime, variables, calls, commands, mayReturn } = dispatcher
  const { program } = thread.caller
  const self = osThreadAt(runtime, position)
  const command = variables.command.at(self)
  const goesOn: Place<'boolean'> = program.local('goes on', boolean)
  program.quietly([assign(goesOn, truth)])
  program.loop(mayReturn ? goesOn : truth, () => {
    program.step(waitsForCalls, undefined, { place: waitsForCalls, waitsFor: not(equal(command, none(commands))) })
    const site = siteOf(thread, dispatcher, position)
    const alternatives = calls.flatMap((name): Alternative[] => {
      const write: WriteCall | undefined = machineCalls[name]
      return write === undefined ? [] : [{ when: equal(command, member(commands, name)), do: () => write(site) }]
    })
    const returning: Alternative = {
      when: equal(command, member(commands, 'return')),
      do: () => program.quietly([assign(goesOn, falsehood)]),
    }
    program.choose(mayReturn ? [...alternatives, returning] : alternatives)
    // What names mean is written from outside; that the system seems to write it as well keeps it from being taken for a constant.
    const { operand, registered, guarded } = variables
    const named = operand.at(self)
    program.quietly([
      assign(registered.at(named), registered.at(named)),
      assign(guarded.at(named), guarded.at(named)),
      assign(command, none(commands)),
      assign(named, integer(0)),
    ])
  })
}

function siteOf(thread: ClientThread, { runtime, variables }: Dispatcher, position: number): CallSite {
  const self = osThreadAt(runtime, position)
  const number = variables.operand.at(self)
  return {
    thread,
    number,
    threadState: variables.registered.at(number),
    interpreter: interpreterAt(runtime, number),
    guarded: variables.guarded.at(number),
    resultNumber: variables.resultNumber.at(self),
    resultThreadState: variables.resultThreadState.at(self),
    resultInterpreter: variables.resultInterpreter.at(self),
    boot: variables.boot.at(),
  }
}

/** The interpreter with this number; the main one for numbers that name none. */
function interpreterAt({ vocabulary, main }: RuntimeState, number: Term<'integer'>): Term<Interpreter> {
  return interpreterNames.reduceRight<Term<Interpreter>>(
    (otherwise, _, position) =>
      position === 0 ? otherwise : conditional(equal(number, integer(position)), literal(vocabulary.interpreter, position), otherwise),
    main,
  )
}
