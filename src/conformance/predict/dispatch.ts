import type { ClientThread } from '../../model/clients/client-thread.ts'
import { currentFor } from '../../model/cpython/current.ts'
import type { FinalizationHooks } from '../../model/cpython/finalization/hooks.ts'
import type { RuntimeState } from '../../model/cpython/runtime-state.ts'
import { osThreadAt } from '../../model/cpython/runtime-state.ts'
import type { Interpreter } from '../../model/cpython/vocabulary.ts'
import type { Term } from '../../model/language/builder.ts'
import { assign, conditional, equal, falsehood, integer, literal, member, none, not, truth } from '../../model/language/builder.ts'
import type { TypedDomain } from '../../model/language/domain.ts'
import { boolean } from '../../model/language/domain.ts'
import type { Alternative } from '../../model/program/program-builder.ts'
import type { CallName } from '../schedule/calls.ts'
import type { CallSite, WriteCall } from './machine-calls.ts'
import { machineCalls } from './machine-calls.ts'
import type { Command, MachineVariables } from './machine-variables.ts'

/** Place names of a thread that waits for its next call: on its own, or inside Python code, by what the harness calls it. */
export const waitsForCalls = 'waits for calls'
export const insideAtexit = 'atexit callback'
export const insideFinalizer = 'finalizer'
export const callbackPlaces: readonly string[] = [insideAtexit, insideFinalizer]

export interface Dispatcher {
  readonly runtime: RuntimeState
  readonly variables: MachineVariables
  readonly calls: readonly CallName[]
  readonly commands: TypedDomain<Command>
  /** Of the thread among the OS threads. */
  readonly position: number
  readonly interpreterNames: readonly string[]
}

/** Waits for commands and obeys. */
export function dispatchForEver(thread: ClientThread, dispatcher: Dispatcher, hooks: FinalizationHooks = {}): void {
  thread.loop(truth, () => obey(thread, dispatcher, { place: waitsForCalls, hooks, alternatives: [] }))
}

/** The same until told to return. A callback begins by taking back the command that led into it. */
export function dispatchUntilReturn(thread: ClientThread, dispatcher: Dispatcher, place = waitsForCalls): void {
  const { program } = thread.caller
  const goesOn = program.local('goes on', boolean)
  program.quietly([assign(goesOn, truth), ...commandIsDone(dispatcher)])
  const returning: Alternative = {
    when: equal(commandOf(dispatcher), member(dispatcher.commands, 'return')),
    do: () => program.quietly([assign(goesOn, falsehood)]),
  }
  thread.loop(goesOn, () => obey(thread, dispatcher, { place, hooks: {}, alternatives: [returning] }))
}

interface Obeying {
  readonly place: string
  readonly hooks: FinalizationHooks
  readonly alternatives: readonly Alternative[]
}

function obey(thread: ClientThread, dispatcher: Dispatcher, { place, hooks, alternatives }: Obeying): void {
  const { calls, commands } = dispatcher
  const command = commandOf(dispatcher)
  const { program } = thread.caller
  program.step('waits for its next call', undefined, { place, waitsFor: not(equal(command, none(commands))) })
  const site = siteOf(thread, dispatcher, hooks)
  const calling = calls.flatMap((name): Alternative[] => {
    const write: WriteCall | undefined = machineCalls[name]
    return write === undefined ? [] : [{ when: equal(command, member(commands, name)), do: () => write(site) }]
  })
  program.choose([...calling, ...alternatives])
  program.quietly(commandIsDone(dispatcher))
}

function commandOf({ runtime, variables, position }: Dispatcher) {
  return variables.command.at(osThreadAt(runtime, position))
}

/** What names mean is written from outside; that the system seems to write it as well keeps it from being taken for a constant. */
function commandIsDone(dispatcher: Dispatcher) {
  const { runtime, variables, commands, position } = dispatcher
  const { operand, registered, guarded, isSentinel } = variables
  const named = operand.at(osThreadAt(runtime, position))
  return [
    assign(registered.at(named), registered.at(named)),
    assign(guarded.at(named), guarded.at(named)),
    assign(isSentinel.at(named), isSentinel.at(named)),
    assign(commandOf(dispatcher), none(commands)),
    assign(named, integer(0)),
  ]
}

function siteOf(thread: ClientThread, dispatcher: Dispatcher, hooks: FinalizationHooks): CallSite {
  const { runtime, variables, position } = dispatcher
  const self = osThreadAt(runtime, position)
  const number = variables.operand.at(self)
  const here = runtime.threadStates.interpreter.at(currentFor({ runtime, thread: self }))
  return {
    thread,
    number,
    threadState: variables.registered.at(number),
    interpreter: interpreterAt(dispatcher, number),
    guarded: variables.guarded.at(number),
    isSentinel: variables.isSentinel.at(number),
    resultNumber: variables.resultNumber.at(self),
    resultThreadState: variables.resultThreadState.at(self),
    resultInterpreter: variables.resultInterpreter.at(self),
    resultIsSentinel: variables.resultIsSentinel.at(self),
    boot: variables.boot.at(),
    pythonThreadRuns: variables.pythonThreadRuns.at(),
    hasAtexitCallback: variables.hasAtexitCallback.at(here),
    hasFinalizer: variables.hasFinalizer.at(here),
    hooks,
  }
}

/** The interpreter with this number; the main one for numbers that name none. */
function interpreterAt({ runtime, interpreterNames }: Dispatcher, number: Term<'integer'>): Term<Interpreter> {
  const { vocabulary, main } = runtime
  return interpreterNames.reduceRight<Term<Interpreter>>(
    (otherwise, _, position) =>
      position === 0 ? otherwise : conditional(equal(number, integer(position)), literal(vocabulary.interpreter, position), otherwise),
    main,
  )
}
