import { mainInterpreter, mainInterpreterAgain } from '../../model/cpython/vocabulary.ts'
import type { CallName, OperandKind } from '../schedule/calls.ts'
import { shapeOf } from '../schedule/calls.ts'
import type { Schedule, ScheduledCall } from '../schedule/schedule.ts'
import { statementsIn } from './covered.ts'
import { limitOf } from './limits.ts'
import { machineCalls } from './machine-calls.ts'
import { registerCount } from './machine-variables.ts'
import type { Expected, ExpectedOutcome, Prediction } from './prediction.ts'
import type { Predictor, Settled } from './predictor.ts'
import { stateAt } from './starts.ts'
import type { Pending, World } from './world.ts'
import { interpreterName, WorldReader } from './world.ts'

/** A prediction with the world it is made in: what the next step begins from, if the prediction comes true. */
export interface Branch extends Prediction {
  readonly world: World
}

interface Named {
  readonly name: string
  readonly kind: OperandKind
}

interface GuardResult {
  readonly position: number
  readonly kind: 'guard' | 'view' | 'token'
  readonly result: string | undefined
}

type Remembered = readonly (readonly [variable: string, value: number])[]

interface Step {
  readonly call: ScheduledCall
  readonly step: number
  /** Thread states that were alive before it. */
  readonly before: ReadonlySet<number>
}

/** The main interpreters of both lives. */
const mains: readonly string[] = [mainInterpreter, mainInterpreterAgain]
const mainState = 'main thread state'
/** The register of NULL comes before it, those of results after it. */
const mainRegister = 1
/** Calls after which the name they were given means nothing any more. */
const givesBack: readonly CallName[] = ['PyInterpreterGuard_Close', 'PyInterpreterView_Close', 'PyThreadState_Release']
/** Calls that may lead into Python code where the thread waits for calls. */
const leadsInside: readonly string[] = ['Py_FinalizeEx', 'Py_EndInterpreter', 'return']

/** Begins the reason where a schedule is for another release. */
export const releaseHasNo = 'this release has no'

/** Why a step cannot be made: the model cannot do it, or the schedule names what does not exist. */
export class ImpossibleStep extends Error {}

/** The model as an oracle of what a libpython does. One oracle serves any number of schedules of its release. */
export class Oracle {
  readonly predictor: Predictor
  readonly #reader: WorldReader

  constructor(predictor: Predictor) {
    this.predictor = predictor
    this.#reader = new WorldReader(predictor)
  }

  /** Before the first step. */
  begin(start: Schedule['start']): World {
    const isInitialized = start !== 'not initialized'
    return {
      values: stateAt(this.predictor, start),
      threadStates: new Map(isInitialized ? [[0, mainState]] : []),
      interpreters: new Map(isInitialized ? [[0, 'main']] : []),
      operands: new Map([
        ['NULL', 0],
        [mainState, mainRegister],
        ['main', 0],
        ['PyGILState_LOCKED', 0],
        ['PyGILState_UNLOCKED', 1],
      ]),
      pending: new Map(),
      named: new Map(),
      spent: new Set(),
      kinds: new Map([
        ['NULL', 'thread state'],
        [mainState, 'thread state'],
      ]),
    }
  }

  reader(): WorldReader {
    return this.#reader
  }

  /** Everything that may be seen after this step. Throws ImpossibleStep; a ModelError when the model runs out of names. */
  predict(world: World, call: ScheduledCall, step: number): readonly Branch[] {
    const command = this.#commanded(world, call)
    const pending: Pending = {
      step,
      call: call.call,
      result: call.result,
      operand: call.arguments[0],
      attached: this.#reader.currentOf(world, call.thread),
    }
    const asked: World = {
      ...world,
      values: command.values,
      interpreters: command.interpreters,
      operands: command.operands,
      pending: new Map([...world.pending, [call.thread, pending]]),
      spent: givesBack.includes(call.call) ? new Set([...world.spent, ...call.arguments]) : world.spent,
    }
    const before = new Set(this.#reader.alive(world))
    return this.predictor.settle(command.values).map((settled) => this.#observe(asked, settled, { call, step, before }))
  }

  /** The state with the command given: operand and register set. */
  #commanded(world: World, call: ScheduledCall): Pick<World, 'values' | 'interpreters' | 'operands'> {
    const { machine } = this.predictor
    if (this.#reader.stateOf(world, call.thread) !== 'waiting for calls') throw new ImpossibleStep(`${call.thread} does not wait for calls`)
    const reason = limitOf(this.#reader, world, call)
    if (reason !== undefined) throw new ImpossibleStep(reason)
    const position = machine.threads.indexOf(call.thread)
    const code = this.#codeOf(call.call)
    const shape = shapeOf(call.call)
    let operand = call.arguments[0] === undefined ? 0 : operandOf(world, call.arguments[0])
    let { interpreters, operands } = world
    if (call.call === 'Py_Initialize' && !this.#reader.isInitialized(world)) ({ interpreters, operands } = this.#nextLife(world))
    if (shape.makesInterpreter === true || call.call === 'PyInterpreterState_New') {
      operand = machine.interpreters.findIndex((name, i) => !mains.includes(name) && !world.interpreters.has(i))
      if (operand < 0) throw new ImpossibleStep('the model has no interpreter left')
      const name = call.result ?? call.thread
      interpreters = new Map([...interpreters, [operand, shape.makesInterpreter === true ? `${name}'` : name]])
    }
    const commanded = this.predictor.write(world.values, 'command to', [position], code)
    return { values: this.predictor.write(commanded, 'operand of', [position], operand), interpreters, operands }
  }

  #codeOf(call: CallName): number {
    const { calls } = this.predictor.machine
    if (call === 'return') return calls.length
    const code = calls.indexOf(call)
    if (code < 0) throw new ImpossibleStep(`${call in machineCalls ? releaseHasNo : 'the model cannot do'} ${call}`)
    return code
  }

  /** `main` is another interpreter from now on. */
  #nextLife({ interpreters, operands }: World): Pick<World, 'interpreters' | 'operands'> {
    const again = this.predictor.machine.interpreters.indexOf(mainInterpreterAgain)
    if (interpreters.has(again)) throw new ImpossibleStep('the model has no third life')
    const subInterpreters = [...interpreters].filter(([, name]) => name !== 'main')
    return { interpreters: new Map([...subInterpreters, [again, 'main']]), operands: new Map([...operands, ['main', again]]) }
  }

  #observe(asked: World, settled: Settled, { call, step, before }: Step): Branch {
    const { actions } = this.predictor.machine.program.system
    const covered = [...settled.actions].flatMap((position) => statementsIn(actions[position]))
    const death = this.#reader.death({ ...asked, values: settled.values }, call.thread)
    if (death !== undefined) {
      const observation: Expected = { step, outcome: death, cameBack: [], threads: [], interpreters: [], isExact: true }
      return { world: { ...asked, values: settled.values }, observation, covered }
    }
    const { world, returned } = this.#collect(this.#nameNew({ ...asked, values: settled.values }, call, before), before)
    const outcomes = [...returned].sort(([left], [right]) => (left < right ? -1 : 1))
    const own = returned.get(call.thread)?.outcome ?? { kind: 'blocked' as const }
    const cameBack = outcomes.flatMap(([thread, came]) => (thread === call.thread ? [] : [{ thread, ...came }]))
    const observation: Expected = {
      step,
      outcome: own,
      cameBack,
      threads: this.#reader.threads(world),
      interpreters: this.#reader.interpreters(world),
      isExact: true,
    }
    return { world, observation, covered }
  }

  /** Names thread states that were not there before, after the thread whose step made them. */
  #nameNew(world: World, { thread, call }: ScheduledCall, before: ReadonlySet<number>): World {
    const alive = new Set(this.#reader.alive(world))
    const threadStates = new Map(world.threadStates)
    const named = new Map(world.named)
    let { values } = world
    for (const identity of alive) {
      if (threadStates.has(identity) && before.has(identity)) continue
      if (call === 'Py_Initialize') {
        threadStates.set(identity, mainState)
        values = this.predictor.write(values, 'register', [mainRegister], identity)
        continue
      }
      const count = (named.get(thread) ?? 0) + 1
      named.set(thread, count)
      threadStates.set(identity, `${thread}#${count}`)
    }
    return { ...world, values, threadStates, named }
  }

  /** Takes what returned calls left, and gives the results their names. */
  #collect(
    world: World,
    before: ReadonlySet<number>,
  ): {
    readonly world: World
    readonly returned: ReadonlyMap<string, { readonly step: number; readonly outcome: ExpectedOutcome }>
  } {
    const returned = new Map<string, { step: number; outcome: ExpectedOutcome }>()
    const pending = new Map(world.pending)
    let current = world
    for (const [thread, call] of world.pending) {
      const is = this.#reader.stateOf(world, thread)
      if (is === 'blocked' || is === 'running' || is === 'not started') continue
      pending.delete(thread)
      const left =
        is === 'waiting for calls' ? this.#leaving(current, thread, call, before) : { world: current, outcome: outcomeOfThread(is, call) }
      current = left.world
      returned.set(thread, { step: call.step, outcome: left.outcome })
    }
    return { world: { ...current, pending }, returned }
  }

  /** A thread has come to wait for its next call: because the last one returned, or inside a callback of it. */
  #leaving(
    world: World,
    thread: string,
    call: Pending,
    before: ReadonlySet<number>,
  ): { readonly world: World; readonly outcome: ExpectedOutcome } {
    const inside = leadsInside.includes(call.call) ? this.#reader.callbackOf(world, thread) : undefined
    if (inside === undefined) {
      const { world: after, value } = this.#resultOf(world, thread, call, before)
      return { world: after, outcome: value === undefined ? { kind: 'returned' } : { kind: 'returned', value } }
    }
    const outcome = { kind: 'inside', what: inside } as const
    if (call.call === 'return') return { world, outcome }
    return { world: { ...world, ends: call.call === 'Py_EndInterpreter' ? call.operand : undefined }, outcome }
  }

  #resultOf(
    world: World,
    thread: string,
    { call, result }: Pending,
    before: ReadonlySet<number>,
  ): { readonly world: World; readonly value?: string } {
    const position = this.predictor.machine.threads.indexOf(thread)
    const kind: OperandKind | undefined = shapeOf(call as CallName).result
    switch (kind) {
      case 'thread state': {
        const identity = this.predictor.read(world.values, 'thread state returned to', position)
        const named = result === undefined ? world : this.#register(world, result, identity, before)
        return { world: named, value: this.#reader.pointer(named, identity) ?? 'NULL' }
      }
      case 'PyGILState_STATE': {
        const number = this.predictor.read(world.values, 'number returned to', position)
        const value = number === 0 ? 'PyGILState_LOCKED' : 'PyGILState_UNLOCKED'
        const operands = result === undefined ? world.operands : new Map([...world.operands, [result, number]])
        return { world: { ...world, operands }, value }
      }
      case 'number':
        return { world, value: String(this.predictor.read(world.values, 'number returned to', position)) }
      case 'guard':
      case 'view':
      case 'token':
        return this.#resultOfGuards(world, { position, kind, result })
      case 'interpreter': {
        const interpreter = this.predictor.read(world.values, 'interpreter returned to', position)
        return { world, value: interpreter < 0 ? 'NULL' : interpreterName(world, interpreter) }
      }
      default:
        return { world }
    }
  }

  #resultOfGuards(world: World, { position, kind, result }: GuardResult): { readonly world: World; readonly value?: string } {
    if (kind === 'token') {
      const before = this.predictor.read(world.values, 'thread state returned to', position)
      const isSentinel = this.predictor.read(world.values, 'sentinel returned to', position)
      if ((before < 0 && isSentinel === 0) || result === undefined) return { world, value: 'NULL' }
      // What a token looks like is nobody's business.
      const token: Remembered = [
        ['register', before],
        ['token is the sentinel', isSentinel],
      ]
      return { world: this.#remember(world, { name: result, kind }, token) }
    }
    const interpreter = this.predictor.read(world.values, 'interpreter returned to', position)
    if (interpreter < 0 || result === undefined) return { world, value: 'NULL' }
    return { world: this.#remember(world, { name: result, kind }, [['guard or view', interpreter]]), value: result }
  }

  /** Writes what a name stands for into a register that no other name uses. */
  #remember(world: World, { name, kind }: Named, remembered: Remembered): World {
    const register = this.#freeRegister(world)
    const values = remembered.reduce(
      (written, [variable, value]) => this.predictor.write(written, variable, [register], value),
      world.values,
    )
    return { ...world, values, operands: new Map([...world.operands, [name, register]]), kinds: new Map([...world.kinds, [name, kind]]) }
  }

  #freeRegister({ operands, spent }: World): number {
    const used = [...operands].flatMap(([name, register]) => (spent.has(name) ? [] : [register]))
    const register = Array.from({ length: registerCount }, (_, i) => i).find((i) => i > mainRegister && !used.includes(i))
    if (register === undefined) throw new ImpossibleStep('the model has no names left')
    return register
  }

  /** Gives a result its name, in a register of the machine so that the identity is not handed out again. */
  #register(world: World, name: string, identity: number, before: ReadonlySet<number>): World {
    if (identity < 0) return { ...world, operands: new Map([...world.operands, [name, 0]]) }
    const register = this.#freeRegister(world)
    const isNew = !before.has(identity) && this.#reader.alive(world).includes(identity)
    return {
      ...world,
      values: this.predictor.write(world.values, 'register', [register], identity),
      operands: new Map([...world.operands, [name, register]]),
      kinds: new Map([...world.kinds, [name, 'thread state']]),
      threadStates: isNew ? new Map([...world.threadStates, [identity, name]]) : world.threadStates,
    }
  }
}

function operandOf(world: World, name: string): number {
  const operand = world.operands.get(name)
  if (operand !== undefined) return operand
  for (const [position, interpreter] of world.interpreters) if (interpreter === name) return position
  throw new ImpossibleStep(`nothing is called ${name}`)
}

/** A Python thread whose body returns has not been ended by anybody. */
function outcomeOfThread(is: 'hung' | 'exited', { call }: Pending): ExpectedOutcome {
  return call === 'return' && is === 'exited' ? { kind: 'returned' } : { kind: is }
}
