import { currentFor } from '../../model/cpython/current.ts'
import { hangsForEver } from '../../model/cpython/finalization/late-thread.ts'
import { isAlive, osThreadAt } from '../../model/cpython/runtime-state.ts'
import type { ThreadState } from '../../model/cpython/vocabulary.ts'
import type { Term } from '../../model/language/builder.ts'
import { literal } from '../../model/language/builder.ts'
import { memberCount } from '../../model/language/domain.ts'
import type { Expression } from '../../model/language/expression.ts'
import type { State } from '../../model/language/state.ts'
import { outcomeVariable } from '../../model/program/to-system.ts'
import type { OutcomeKind } from '../predict/outcomes.ts'
import { outcomeKinds } from '../predict/outcomes.ts'
import type { ExpectedOutcome } from '../predict/prediction.ts'
import { dangling } from '../predict/world.ts'
import type { InterpreterObservation, ThreadObservation } from '../subject/observation.ts'
import type { Counterexample } from './counterexample.ts'
import type { Lockstep, Path } from './lockstep.ts'
import type { Naming } from './naming.ts'

/** Reads a settled state of a scenario the way the harness reads a process. */
export class ScenarioReader {
  readonly #counterexample: Counterexample
  readonly #lockstep: Lockstep
  readonly #outcomes: ReadonlyMap<string, OutcomeKind>
  readonly #identities: readonly number[]

  constructor(counterexample: Counterexample, lockstep: Lockstep) {
    this.#counterexample = counterexample
    this.#lockstep = lockstep
    this.#outcomes = outcomeKinds(counterexample.system)
    this.#identities = Array.from({ length: memberCount(counterexample.runtime.vocabulary.threadState) }, (_, identity) => identity)
  }

  /** How the whole process ended; undefined while it runs. */
  death({ state }: Path): ExpectedOutcome | undefined {
    if (!this.#lockstep.hasDied(state)) return undefined
    const { system } = this.#counterexample
    const domain = system.variables.find(({ name }) => name === outcomeVariable)?.domain
    const slot = this.#lockstep.shape.firstSlot.get(outcomeVariable) ?? 0
    const message = domain?.kind === 'enumeration' ? (domain.members[state[slot] ?? -1] ?? '') : ''
    const kind = this.#outcomes.get(message)
    if (kind === 'fatal') return { kind: 'died', death: { kind: 'fatal', message } }
    if (kind === 'assertion') return { kind: 'died', death: { kind: 'assertion', message: message.replace(/^assertion: /, '') } }
    return { kind: 'undefined', cause: message }
  }

  /** The thread sleeps for ever on purpose. */
  hangs({ state }: Path, process: number): boolean {
    return this.#lockstep.value(this.#counterexample.standsAt(process, hangsForEver), state) !== 0
  }

  /** Thread states that some interpreter lists. */
  alive(state: State): readonly number[] {
    const { runtime } = this.#counterexample
    return this.#identities.filter((identity) => {
      const threadState = this.#threadState(identity)
      const interpreter = this.#lockstep.value(runtime.threadStates.interpreter.at(threadState), state)
      return interpreter >= 0 && this.#lockstep.value(isAlive(runtime, threadState), state) !== 0
    })
  }

  /** What the thread sees as current. */
  current(state: State, process: number): number {
    const { runtime } = this.#counterexample
    return this.#lockstep.value(currentFor({ runtime, thread: osThreadAt(runtime, process) }), state)
  }

  /** The interpreter of a thread state; negative for none. */
  interpreterOf(state: State, identity: number): number {
    if (identity < 0) return -1
    return this.#lockstep.value(this.#counterexample.runtime.threadStates.interpreter.at(this.#threadState(identity)), state)
  }

  /** Threads that never run are no part of a schedule. A thread that is not Python's waits for calls when its program is over. */
  threads(path: Path, naming: Naming, isPythons: (process: number) => boolean): readonly ThreadObservation[] {
    const { system, runtime } = this.#counterexample
    return system.processes.flatMap((name, process): ThreadObservation[] => {
      if (!this.#lockstep.acts(process) && process > 0) return []
      if (this.hangs(path, process)) return [{ name, is: 'hung' }]
      if (path.open.has(process)) return [{ name, is: 'blocked' }]
      if (isPythons(process)) {
        if (this.#lockstep.hasEnded(path.state, process)) return [{ name, is: 'exited' }]
        if (!this.#lockstep.hasBegun(path.state, process)) return []
      }
      const slot = this.#lockstep.value(runtime.slot.at(osThreadAt(runtime, process)), path.state)
      const current = this.#pointer(path.state, this.current(path.state, process), naming)
      return [{ name, is: 'waiting for calls', current, slot: this.#pointer(path.state, slot, naming) }]
    })
  }

  interpreters(path: Path, naming: Naming): readonly InterpreterObservation[] {
    const { runtime } = this.#counterexample
    const { policy, vocabulary } = runtime
    const value = (expression: Expression): number => this.#lockstep.value(expression, path.state)
    const alive = this.alive(path.state).filter((identity) => !naming.leftOut.has(identity))
    return Array.from({ length: memberCount(vocabulary.interpreter) }, (_, i) => i).flatMap((position): InterpreterObservation[] => {
      const interpreter = literal(vocabulary.interpreter, position)
      const name = naming.interpreters.get(position)
      if (name === undefined || value(runtime.interpreters.life.at(interpreter)) !== 1) return []
      const oneGil = policy.gils === 'one'
      const of = oneGil ? 0 : value(runtime.interpreters.gil.at(interpreter))
      const locked = oneGil ? runtime.gil.locked.at() : runtime.gils.locked.at(literal(vocabulary.interpreter, of))
      const threadStates = alive
        .filter((identity) => this.interpreterOf(path.state, identity) === position)
        .map((identity) => ({
          name: naming.threadStates.get(identity) ?? `?${identity}`,
          counter: value(runtime.threadStates.counter.at(this.#threadState(identity))),
        }))
      return [{ name, gil: { of: naming.interpreters.get(of) ?? '?', locked: value(locked) === 1 }, threadStates }]
    })
  }

  #pointer(state: State, identity: number, { threadStates }: Naming): string | null {
    if (identity < 0) return null
    const name = threadStates.get(identity) ?? `?${identity}`
    return this.alive(state).includes(identity) ? name : `${dangling}${name}`
  }

  #threadState(identity: number): Term<ThreadState> {
    return literal(this.#counterexample.runtime.vocabulary.threadState, identity)
  }
}
