import { holdsTheGil } from '../../model/cpython/caller.ts'
import { hangsForEver } from '../../model/cpython/finalization/late-thread.ts'
import { osThreadAt } from '../../model/cpython/runtime-state.ts'
import { endLocation } from '../../model/program/flow-graph.ts'
import { outcomeVariable } from '../../model/program/to-system.ts'
import type { InterpreterObservation, ThreadObservation } from '../subject/observation.ts'
import type { ExpectedOutcome } from './prediction.ts'
import type { Predictor } from './predictor.ts'
import { waitsForCalls } from './schedule-machine.ts'

/** A call that has not come back. */
export interface Pending {
  readonly step: number
  readonly call: string
  readonly result: string | undefined
  /** The name it was given. */
  readonly operand: string | undefined
}

/** One way the model may have gone so far: its state, and what the schedule's names mean in it. */
export interface World {
  readonly values: Int32Array
  /** Names of thread states by identity. An identity that is handed out again gets a new name. */
  readonly threadStates: ReadonlyMap<number, string>
  /** Names of interpreters by position. */
  readonly interpreters: ReadonlyMap<number, string>
  /** What each name stands for in an operand: a register, or a number. */
  readonly operands: ReadonlyMap<string, number>
  readonly pending: ReadonlyMap<string, Pending>
  /** Thread states named after threads so far, by thread. */
  readonly named: ReadonlyMap<string, number>
}

/** Reads a settled state of the machine the way the harness reads a process. */
export class WorldReader {
  readonly #predictor: Predictor

  constructor(predictor: Predictor) {
    this.#predictor = predictor
  }

  /** How the whole process ended; undefined while it runs. */
  death({ values }: World): ExpectedOutcome | undefined {
    const { machine } = this.#predictor
    const position = this.#predictor.read(values, outcomeVariable)
    if (position < 0) return undefined
    const domain = machine.program.system.variables.find(({ name }) => name === outcomeVariable)?.domain
    const message = domain?.kind === 'enumeration' ? (domain.members[position] ?? '') : ''
    const kind = machine.outcomes.get(message)
    if (kind === 'fatal') return { kind: 'died', death: { kind: 'fatal', message } }
    if (kind === 'assertion') return { kind: 'died', death: { kind: 'assertion', message: message.replace(/^assertion: /, '') } }
    return { kind: 'undefined', cause: message }
  }

  stateOf(world: World, thread: string): ThreadObservation['is'] | 'not started' {
    const { machine } = this.#predictor
    const position = machine.threads.indexOf(thread)
    const standsAt = (place: string): boolean => this.#predictor.holds(world.values, machine.program.standsAt(position, place))
    if (standsAt(waitsForCalls)) return 'waiting for calls'
    if (standsAt(hangsForEver)) return 'hung'
    const counter = this.#predictor.read(world.values, `${thread} is at`)
    if (counter === endLocation) return 'exited'
    return counter === 0 && !world.pending.has(thread) ? 'not started' : 'blocked'
  }

  holdsTheGil({ values }: World, thread: string): boolean {
    const { machine } = this.#predictor
    const position = machine.threads.indexOf(thread)
    return this.#predictor.holds(values, holdsTheGil({ runtime: machine.runtime, thread: osThreadAt(machine.runtime, position) }))
  }

  threads(world: World): readonly ThreadObservation[] {
    const { machine } = this.#predictor
    return machine.threads.flatMap((name, position): ThreadObservation[] => {
      const is = this.stateOf(world, name)
      if (is === 'not started') return []
      if (is !== 'waiting for calls') return [{ name, is }]
      const perProcess = machine.policy.currentThreadState === 'of-the-process'
      const current = perProcess
        ? this.#predictor.read(world.values, 'current thread state')
        : this.#predictor.read(world.values, 'current thread state of', position)
      const slot = this.#predictor.read(world.values, 'slot', position)
      return [{ name, is, current: nameOf(world, current), slot: nameOf(world, slot) }]
    })
  }

  interpreters(world: World): readonly InterpreterObservation[] {
    const { machine } = this.#predictor
    return machine.interpreters.flatMap((_, position): InterpreterObservation[] => {
      if (!this.#isAliveInterpreter(world, position)) return []
      const oneGil = machine.policy.gils === 'one'
      const of = oneGil ? 0 : this.#predictor.read(world.values, 'GIL of', position)
      const locked = oneGil
        ? this.#predictor.read(world.values, 'GIL is locked')
        : this.#predictor.read(world.values, 'GIL is locked of', of)
      const threadStates = this.alive(world).flatMap((identity) => {
        if (this.#predictor.read(world.values, 'interpreter of', identity) !== position) return []
        return [{ name: nameOf(world, identity) ?? '?', counter: this.#predictor.read(world.values, 'counter of', identity) }]
      })
      const gil = { of: interpreterName(world, of), locked: locked === 1 }
      return [{ name: interpreterName(world, position), gil, threadStates }]
    })
  }

  /** Identities of the thread states that some interpreter lists. */
  alive({ values }: World): readonly number[] {
    const { machine } = this.#predictor
    const total = machine.threadStateCount
    return Array.from({ length: total }, (_, identity) => identity).filter((identity) => {
      const interpreter = this.#predictor.read(values, 'interpreter of', identity)
      return (
        this.#predictor.read(values, 'thread state is', identity) === 1 && interpreter >= 0 && this.#isAlive(values, identity, interpreter)
      )
    })
  }

  #isAlive(values: Int32Array, identity: number, interpreter: number): boolean {
    if (this.#predictor.read(values, 'interpreter is', interpreter) !== 1) return false
    if (!this.#predictor.machine.runtime.dropsOthers) return true
    const keeps = this.#predictor.read(values, 'keeps only', interpreter)
    return keeps < 0 || keeps === identity || this.#predictor.read(values, 'was made after the others were dropped', identity) === 1
  }

  #isAliveInterpreter({ values }: World, position: number): boolean {
    return this.#predictor.read(values, 'interpreter is', position) === 1
  }
}

export function nameOf({ threadStates }: World, identity: number): string | null {
  return identity < 0 ? null : (threadStates.get(identity) ?? `?${identity}`)
}

export function interpreterName({ interpreters }: World, position: number): string {
  return interpreters.get(position) ?? `?${position}`
}
