import { hangsForEver } from '../../model/cpython/finalization/late-thread.ts'
import type { Policy } from '../../model/cpython/policy.ts'
import { endLocation } from '../../model/program/flow-graph.ts'
import { outcomeVariable } from '../../model/program/to-system.ts'
import type { OperandKind } from '../schedule/calls.ts'
import type { InterpreterObservation, ThreadObservation } from '../subject/observation.ts'
import { callbackPlaces, waitsForCalls } from './dispatch.ts'
import type { ExpectedOutcome } from './prediction.ts'
import type { Predictor } from './predictor.ts'

/** A call that has not come back. */
export interface Pending {
  readonly step: number
  readonly call: string
  readonly result: string | undefined
  /** The name it was given. */
  readonly operand: string | undefined
  /** Name of what the thread had current when it made the call. */
  readonly attached: string | undefined
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
  /** Guards, views and tokens that were given back. */
  readonly spent: ReadonlySet<string>
  /** The thread state with which the main thread ends an interpreter, while it is in one of its callbacks. */
  readonly ends?: string | undefined
  /** What the names of results stand for. */
  readonly kinds: ReadonlyMap<string, OperandKind>
}

/** Reads a settled state of the machine the way the harness reads a process. */
export class WorldReader {
  readonly #predictor: Predictor
  #counted: { readonly values: Int32Array; readonly alive: readonly number[] } | undefined

  constructor(predictor: Predictor) {
    this.#predictor = predictor
  }

  get policy(): Policy {
    return this.#predictor.machine.policy
  }

  /** How the whole process ended; undefined while it runs. */
  death(world: World, thread: string): ExpectedOutcome | undefined {
    const { values } = world
    const { machine } = this.#predictor
    const position = this.#predictor.read(values, outcomeVariable)
    if (position < 0) return undefined
    const domain = machine.program.system.variables.find(({ name }) => name === outcomeVariable)?.domain
    const message = domain?.kind === 'enumeration' ? (domain.members[position] ?? '') : ''
    const kind = machine.outcomes.get(message)
    if (kind === 'fatal')
      return { kind: 'died', death: { kind: 'fatal', message }, mayPrintTheFreed: this.#mayPrintTheFreed(world, thread) }
    if (kind === 'assertion') return { kind: 'died', death: { kind: 'assertion', message: message.replace(/^assertion: /, '') } }
    return { kind: 'undefined', cause: message }
  }

  /** The thread points, by its slot or by what it has current, to a thread state that is gone; or the slots themselves are. */
  #mayPrintTheFreed(world: World, thread: string): boolean {
    const slot = this.#predictor.read(world.values, 'slot', this.#predictor.machine.threads.indexOf(thread))
    const isGone = (identity: number): boolean => identity >= 0 && !this.alive(world).includes(identity)
    return isGone(slot) || isGone(this.#currentIdentity(world, thread)) || this.hasFinalized(world)
  }

  /** A Python thread that goes on has deleted the thread state it began with: nobody will join it any more. */
  hasLostHome(world: World): boolean {
    const boot = this.#predictor.read(world.values, 'boot of the Python thread')
    const python = this.#predictor.machine.threads.at(-1) ?? ''
    return boot >= 0 && this.stateOf(world, python) !== 'exited' && !this.alive(world).includes(boot)
  }

  /** The callback inside which a thread waits for calls; undefined where it does not wait inside one. */
  callbackOf({ values }: World, thread: string): string | undefined {
    const { machine } = this.#predictor
    const position = machine.threads.indexOf(thread)
    return callbackPlaces.find((place) => this.#predictor.answer(values, position, place))
  }

  stateOf(world: World, thread: string): ThreadObservation['is'] | 'not started' {
    const { machine } = this.#predictor
    const position = machine.threads.indexOf(thread)
    const standsAt = (place: string): boolean => this.#predictor.answer(world.values, position, place)
    if ([waitsForCalls, ...callbackPlaces].some(standsAt)) return 'waiting for calls'
    if (standsAt(hangsForEver)) return 'hung'
    const counter = this.#predictor.read(world.values, `${thread} is at`)
    if (counter === endLocation) return 'exited'
    return counter === 0 && !world.pending.has(thread) ? 'not started' : 'blocked'
  }

  /** Up to 3.6 there may be none. */
  gilExists({ values }: World): boolean {
    return !this.#predictor.has('GIL exists') || this.#predictor.read(values, 'GIL exists') === 1
  }

  holdsTheGil({ values }: World, thread: string): boolean {
    const { machine } = this.#predictor
    const position = machine.threads.indexOf(thread)
    return this.#predictor.answer(values, position, 'holds the GIL')
  }

  threads(world: World): readonly ThreadObservation[] {
    const { machine } = this.#predictor
    return machine.threads.flatMap((name, position): ThreadObservation[] => {
      const is = this.stateOf(world, name)
      if (is === 'not started') return []
      if (is !== 'waiting for calls') return [{ name, is }]
      const current = this.#currentIdentity(world, name)
      const slot = this.#predictor.read(world.values, 'slot', position)
      return [{ name, is, current: this.pointer(world, current), slot: this.pointer(world, slot) }]
    })
  }

  /** Position of the interpreter whose thread state a thread has current; -1 for none. */
  currentInterpreter(world: World, thread: string): number {
    const current = this.#currentIdentity(world, thread)
    return current < 0 ? -1 : this.interpreterOf(world, current)
  }

  /** What the thread has current is of the main interpreter. */
  isInMain(world: World, thread: string): boolean {
    return world.interpreters.get(this.currentInterpreter(world, thread)) === 'main'
  }

  /** What the thread has current is of an interpreter that uses the main interpreter's GIL. */
  usesMainGil(world: World, thread: string): boolean {
    const interpreter = this.currentInterpreter(world, thread)
    return interpreter >= 0 && this.#gilOf(world, interpreter)?.of === 'main'
  }

  /** Another thread has the same thread state current. */
  sharesItsThreadState(world: World, thread: string): boolean {
    if (this.policy.currentThreadState === 'of-the-process') return false
    const own = this.#currentIdentity(world, thread)
    return own >= 0 && this.current(world).filter((other) => other === own).length > 1
  }

  /** Name of what the thread has current. */
  currentOf(world: World, thread: string): string | undefined {
    return nameOf(world, this.#currentIdentity(world, thread)) ?? undefined
  }

  /** The thread has current what it had when its Python code, or its program, began. */
  isAtHome(world: World, thread: string): boolean {
    const current = this.#currentIdentity(world, thread)
    if (thread === this.#predictor.machine.threads[0]) return current >= 0 && nameOf(world, current) === this.homeOf(world, thread)
    return current > 0 && current === this.#predictor.read(world.values, 'boot of the Python thread')
  }

  /** The thread state that a thread's Python code, a callback of it, or its program, began with. */
  homeOf(world: World, thread: string): string | null {
    const position = this.#predictor.machine.threads.indexOf(thread)
    if (position === 0) {
      const ends = this.callbackOf(world, thread) === undefined ? undefined : world.ends
      return ends ?? nameOf(world, this.mainIdentity(world))
    }
    const isPython = this.stateOf(world, thread) !== 'not started' && position === this.#predictor.machine.threads.length - 1
    return isPython ? nameOf(world, this.#predictor.read(world.values, 'boot of the Python thread')) : null
  }

  /** Identity of the thread state that the last `Py_Initialize` made, whether it is there or not. */
  mainIdentity({ values }: World): number {
    return this.#predictor.read(values, 'main thread state of this life')
  }

  isInitialized({ values }: World): boolean {
    return this.#predictor.read(values, 'runtime is initialized') === 1
  }

  /** The runtime is being finalized, or is not initialized. */
  hasFinalized({ values }: World): boolean {
    return this.#predictor.read(values, 'runtime is initialized') === 0 || this.#predictor.read(values, 'runtime is finalized by') >= 0
  }

  /** Positions of the live ones. */
  subInterpreters(world: World): readonly number[] {
    return [...world.interpreters].flatMap(([position, name]) =>
      name !== 'main' && this.#isAliveInterpreter(world, position) ? [position] : [],
    )
  }

  /** Something is registered that runs when this interpreter ends. */
  hasCallbacks(world: World, interpreter: number): boolean {
    return interpreter >= 0 && (this.hasAtexitCallback(world, interpreter) || this.hasFinalizer(world, interpreter))
  }

  hasAtexitCallback({ values }: World, interpreter: number): boolean {
    return this.#predictor.read(values, 'an atexit callback is registered in', interpreter) === 1
  }

  hasFinalizer({ values }: World, interpreter: number): boolean {
    return this.#predictor.read(values, 'an object with a finalizer is left in', interpreter) === 1
  }

  /** What a thread sees as current, whether it can be asked or not: up to 3.11 the same for all. */
  #currentIdentity(world: World, thread: string): number {
    const current = this.current(world)
    return current[current.length === 1 ? 0 : this.#predictor.machine.threads.indexOf(thread)] ?? -1
  }

  /** Identities that some thread has current, whether it can be asked or not. */
  current({ values }: World): readonly number[] {
    const { machine } = this.#predictor
    if (machine.policy.currentThreadState === 'of-the-process') return [this.#predictor.read(values, 'current thread state')]
    return machine.threads.map((_, position) => this.#predictor.read(values, 'current thread state of', position))
  }

  /** Position of the interpreter of the live thread state with this name; -1 if there is none. */
  interpreterOfNamed(world: World, name: string): number {
    const identity = this.alive(world).find((alive) => world.threadStates.get(alive) === name)
    return identity === undefined ? -1 : this.interpreterOf(world, identity)
  }

  /** Name of what the thread has in its slot. */
  slotOf(world: World, thread: string): string | undefined {
    return nameOf(world, this.#predictor.read(world.values, 'slot', this.#predictor.machine.threads.indexOf(thread))) ?? undefined
  }

  /** Python was initialized again. */
  isSecondLife(world: World): boolean {
    return this.mainIdentity(world) !== 0
  }

  /** Identities that some thread has current or in its slot, gone ones among them. */
  pointedAt(world: World): readonly number[] {
    const { threads } = this.#predictor.machine
    const slots = threads.map((_, position) => this.#predictor.read(world.values, 'slot', position))
    return [...this.current(world), ...slots].filter((identity) => identity >= 0)
  }

  /** Position of the interpreter that a thread state belongs, or belonged, to. */
  interpreterOf({ values }: World, identity: number): number {
    return this.#predictor.read(values, 'interpreter of', identity)
  }

  /** A pointer by the name of what it points to; marked where that is gone, since its memory may be something else by now. */
  pointer(world: World, identity: number): string | null {
    const name = nameOf(world, identity)
    return name === null || this.alive(world).includes(identity) ? name : `${dangling}${name}`
  }

  interpreters(world: World): readonly InterpreterObservation[] {
    const { machine } = this.#predictor
    return machine.interpreters.flatMap((_, position): InterpreterObservation[] => {
      if (!this.#isAliveInterpreter(world, position)) return []
      const threadStates = this.alive(world).flatMap((identity) => {
        if (this.#predictor.read(world.values, 'interpreter of', identity) !== position) return []
        const counter = this.#predictor.read(world.values, 'counter of', identity)
        const name = nameOf(world, identity) ?? '?'
        if (!machine.policy.guards) return [{ name, counter }]
        return [{ name, counter, ensureCounter: this.#predictor.read(world.values, 'ensure counter of', identity) }]
      })
      const guards = machine.policy.guards ? { guards: this.#predictor.read(world.values, 'guards of', position) } : {}
      const gil = this.#gilOf(world, position)
      return [{ name: interpreterName(world, position), ...(gil === undefined ? {} : { gil }), threadStates, ...guards }]
    })
  }

  #gilOf(world: World, position: number): InterpreterObservation['gil'] {
    if (!this.gilExists(world)) return undefined
    if (this.policy.gils === 'one') return { of: 'main', locked: this.#predictor.read(world.values, 'GIL is locked') === 1 }
    const of = this.#predictor.read(world.values, 'GIL of', position)
    return { of: interpreterName(world, of), locked: this.#predictor.read(world.values, 'GIL is locked of', of) === 1 }
  }

  /** Identities of the thread states that some interpreter lists. */
  alive({ values }: World): readonly number[] {
    // Asked many times of one state after the other, which are never changed in place.
    if (this.#counted?.values !== values) this.#counted = { values, alive: this.#aliveIn(values) }
    return this.#counted.alive
  }

  #aliveIn(values: Int32Array): readonly number[] {
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

/** Mark of a pointer to a thread state that is gone. */
export const dangling = '~'

export function nameOf({ threadStates }: World, identity: number): string | null {
  return identity < 0 ? null : (threadStates.get(identity) ?? `?${identity}`)
}

export function interpreterName({ interpreters }: World, position: number): string {
  return interpreters.get(position) ?? `?${position}`
}
