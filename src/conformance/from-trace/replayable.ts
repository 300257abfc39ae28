import type { Expected, ExpectedOutcome } from '../predict/prediction.ts'
import type { OperandKind } from '../schedule/calls.ts'
import { shapeOf } from '../schedule/calls.ts'
import type { Schedule, ScheduledCall } from '../schedule/schedule.ts'
import type { Counterexample } from './counterexample.ts'
import type { Ended, Path } from './lockstep.ts'
import type { LockstepRun } from './lockstep-order.ts'
import { runInLockstep } from './lockstep-order.ts'
import type { Naming } from './naming.ts'
import { firstNaming, interpreterMadeBy, nameOfValue, nameResults, variableOf } from './naming.ts'
import { ScenarioReader } from './scenario-reader.ts'
import type { TraceCall } from './trace-calls.ts'

/** A counterexample as a schedule, with what the model says will be seen after each step. */
export interface Replayable {
  readonly schedule: Schedule
  /** One for each step of the schedule. */
  readonly steps: readonly ReplayStep[]
  readonly shows: LockstepRun['shows']
  readonly isReordered: boolean
  /** See `LockstepRun`. */
  readonly interrupted: readonly string[]
  /** Calls that no schedule can make, and operands that have no name. */
  readonly unknown: readonly string[]
  /** Names of the threads that Python starts. */
  readonly pythonThreads: readonly string[]
}

export interface ReplayStep {
  /** Everything that may be seen; where CPython leaves a race open, several. None where the step is no part of the scenario. */
  readonly foreseen: readonly Foreseen[]
  /** For `run Python`: the interpreter that the code belongs to. */
  readonly home?: string
}

/** One way a step may go. */
export interface Foreseen {
  readonly path: Path
  readonly expected: Expected
  /** The promise is broken, in this step or before. */
  readonly isBroken: boolean
}

/** Derives the schedule of a counterexample. Cost: some hundred states of its scenario, by the reference semantics. */
export function replayable(counterexample: Counterexample): Replayable {
  const run = runInLockstep(counterexample)
  return new ReplayWriter(counterexample, run).write()
}

class ReplayWriter {
  readonly #counterexample: Counterexample
  readonly #run: LockstepRun
  readonly #reader: ScenarioReader
  readonly #names: ReadonlyMap<TraceCall, string>
  /** Positions in the schedule of the calls that are in it: starting a thread that never runs is not. */
  readonly #positions = new Map<TraceCall, number>()
  readonly #calls: ScheduledCall[] = []
  readonly #steps: ReplayStep[] = []
  readonly #namings = new Map<Path, Naming>()
  readonly #unnamed = new Set<string>()
  /** Threads whose slot is not what it is in the scenario: a swap that the scenario knows nothing of filled it (3.12). */
  readonly #withOtherSlot = new Set<string>()

  constructor(counterexample: Counterexample, run: LockstepRun) {
    this.#counterexample = counterexample
    this.#run = run
    this.#reader = new ScenarioReader(counterexample, run.lockstep)
    this.#names = nameResults(run.order, (call) => this.#threadStartedBy(call))
  }

  write(): Replayable {
    const { system, runtime } = this.#counterexample
    const { levels, order, lockstep, shows, isReordered, interrupted, unknown } = this.#run
    for (const path of levels[0] ?? []) this.#namings.set(path, firstNaming)
    for (const [i, call] of order.entries()) this.#write(call, levels[i + 1] ?? [])
    const pythonThreads = system.processes.filter((_, process) => this.#isPythons(process))
    const threads = system.processes.filter((name, process) => process === 0 || (lockstep.acts(process) && !pythonThreads.includes(name)))
    const start = runtime.createsTheGil ? 'initialized' : 'initialized with threads'
    return {
      schedule: { threads, start, steps: this.#calls },
      steps: this.#steps,
      shows,
      isReordered,
      interrupted,
      unknown: [...unknown, ...this.#unnamed],
      pythonThreads,
    }
  }

  #write(call: TraceCall, paths: readonly Path[]): void {
    const before = paths[0]?.before
    if (before === undefined) return
    const known = this.#namings.get(before) ?? firstNaming
    const host = this.#isLeftOut(call) ? undefined : this.#hostOf(call, before, known)
    const thread = this.#counterexample.system.processes[call.process] ?? ''
    if (host !== undefined) this.#insert({ thread, call: 'PyThreadState_Swap', arguments: [host], result: this.#leftFor(call) })
    if (!this.#isLeftOut(call)) {
      this.#positions.set(call, this.#calls.length)
      this.#calls.push(this.#scheduled(call, before, known))
    }
    for (const path of paths) this.#namings.set(path, this.#renamed(call, path, this.#namings.get(path.before ?? path) ?? firstNaming))
    if (this.#isLeftOut(call)) return
    const foreseen = paths.map((path) => this.#foreseen(call, path, this.#namings.get(path) ?? firstNaming))
    const home = call.name === 'run Python' ? this.#homeOf(call, before, known) : undefined
    const step = { foreseen, ...(home === undefined ? {} : { home }) }
    // The scenario knows nothing of the swaps: what it says of the start is true once they are over.
    this.#steps.push(host === undefined ? step : { foreseen: [] })
    if (host === undefined) return
    if (this.#letsGoAnyway(call)) {
      this.#withOtherSlot.add(thread)
      return
    }
    this.#calls.push({ thread, call: 'PyThreadState_Swap', arguments: [this.#leftFor(call)] })
    this.#steps.push(step)
  }

  /**
   * Since 3.12 a swap drops the GIL, and the new thread would take it; but nothing current is what SaveThread leaves, too, whichever thread
   * state it let go, where nobody asks which.
   */
  #letsGoAnyway(call: TraceCall): boolean {
    if (this.#counterexample.runtime.policy.attaching === 'takes-and-swaps') return false
    const { order } = this.#run
    const next = order.slice(order.indexOf(call) + 1).find((later) => !this.#isLeftOut(later))
    return next === undefined || (next.process === call.process && next.name === 'PyEval_SaveThread' && !this.#isKept(next))
  }

  /** Name of the thread state that another is swapped in for. */
  #leftFor(call: TraceCall): string {
    return `left_to_start_${(this.#names.get(call) ?? '').replaceAll(' ', '_')}`
  }

  #insert(call: ScheduledCall): void {
    this.#calls.push(call)
    this.#steps.push({ foreseen: [] })
  }

  /** Python code of another interpreter starts the thread: the thread state that has to be swapped in for it. */
  #hostOf(call: TraceCall, { state }: Path, { results }: Naming): string | undefined {
    const { interpreter } = call.call
    if (shapeOf(call.name).result !== 'OS thread' || interpreter === undefined) return undefined
    const wanted = this.#run.lockstep.value(interpreter, state)
    if (this.#reader.interpreterOf(state, this.#reader.current(state, call.process)) === wanted) return undefined
    const host = this.#reader
      .alive(state)
      .find((identity) => this.#reader.interpreterOf(state, identity) === wanted && results.has(identity))
    if (host === undefined) this.#unnamed.add(`a thread state of the interpreter that starts ${this.#names.get(call) ?? 'a thread'}`)
    return host === undefined ? undefined : results.get(host)
  }

  #isLeftOut(call: TraceCall): boolean {
    const started = this.#startedProcess(call)
    return started !== undefined && !this.#run.lockstep.acts(started)
  }

  #threadStartedBy(call: TraceCall): string | undefined {
    const process = this.#startedProcess(call)
    return process === undefined ? undefined : this.#counterexample.system.processes[process]
  }

  /** The thread that finds its thread state where this call leaves it. */
  #startedProcess(call: TraceCall): number | undefined {
    if (shapeOf(call.name).result !== 'OS thread') return undefined
    const boot = variableOf(call.call.arguments[0])
    return this.#counterexample.system.actions.find(
      (action) => action.process !== call.process && variableOf(action.call?.arguments[0]) === boot && action.call !== undefined,
    )?.process
  }

  #isPythons(process: number): boolean {
    return this.#run.order.some((call) => this.#startedProcess(call) === process) && this.#run.lockstep.acts(process)
  }

  #scheduled(call: TraceCall, before: Path, naming: Naming): ScheduledCall {
    const result = this.#names.get(call)
    const operands = shapeOf(call.name).arguments.map((kind, i) => this.#operand(call, i, { kind, before, naming }))
    return {
      thread: this.#counterexample.system.processes[call.process] ?? '',
      call: call.name,
      arguments: operands,
      ...(result === undefined ? {} : { result }),
    }
  }

  #operand(call: TraceCall, position: number, at: { readonly kind: OperandKind; readonly before: Path; readonly naming: Naming }): string {
    const expression = call.call.arguments[position]
    const kept = at.naming.kept.get(variableOf(expression) ?? '')
    if (kept !== undefined || expression === undefined) return kept ?? 'NULL'
    const value = this.#run.lockstep.value(expression, at.before.state)
    const named = nameOfValue(at.kind, value, at.naming)
    if (named !== undefined) return named
    if (at.kind === 'thread state' && value === this.#reader.current(at.before.state, call.process)) return 'current'
    this.#unnamed.add(`the operand of ${call.name}`)
    return 'NULL'
  }

  /** The names after a step. */
  #renamed(call: TraceCall, path: Path, before: Naming): Naming {
    const kept = new Map(before.kept)
    const results = new Map(before.results)
    const threadStates = new Map(before.threadStates)
    const earlier = new Set(this.#reader.alive(path.before?.state ?? path.state))
    const fresh = this.#reader.alive(path.state).filter((identity) => !earlier.has(identity))
    for (const identity of fresh) threadStates.delete(identity)
    for (const { call: ended, value } of path.ended) {
      const name = this.#names.get(ended)
      const variable = variableOf(ended.call.result)
      if (name !== undefined && variable !== undefined) kept.set(variable, name)
      const identity = makesThreadState(ended) ? fresh.find((made) => !threadStates.has(made)) : value
      if (name === undefined || identity === undefined || identity < 0 || shapeOf(ended.name).result !== 'thread state') continue
      results.set(identity, name)
      if (fresh.includes(identity)) threadStates.set(identity, name)
    }
    const others = fresh.filter((identity) => !threadStates.has(identity))
    for (const [i, identity] of others.entries()) threadStates.set(identity, `thread state ${before.unnamed + i + 1}`)
    const leftOut = this.#positions.has(call) ? before.leftOut : new Set([...before.leftOut, ...fresh])
    return {
      threadStates,
      results,
      kept,
      leftOut,
      unnamed: before.unnamed + others.length,
      interpreters: this.#withMade(call, before, path),
    }
  }

  #withMade(call: TraceCall, { interpreters }: Naming, { before }: Path): Naming['interpreters'] {
    const made = interpreterMadeBy(call.name, this.#names.get(call) ?? '')
    const { interpreter } = call.call
    if (made === undefined || interpreter === undefined || before === undefined) return interpreters
    return new Map([...interpreters, [this.#run.lockstep.value(interpreter, before.state), made]])
  }

  #foreseen(call: TraceCall, path: Path, naming: Naming): Foreseen {
    return { path, expected: this.#expected(call, path, naming, this.#positions.get(call) ?? 0), isBroken: path.isBroken }
  }

  #homeOf({ call }: TraceCall, { state }: Path, { interpreters }: Naming): string | undefined {
    return call.interpreter === undefined ? undefined : interpreters.get(this.#run.lockstep.value(call.interpreter, state))
  }

  #expected(call: TraceCall, path: Path, naming: Naming, step: number): Expected {
    const death = this.#reader.death(path)
    if (death !== undefined) return { step, outcome: death, cameBack: [], threads: [], interpreters: [], isExact: true }
    const own = path.ended.find((ended) => ended.call === call)
    const cameBack = path.ended.flatMap((ended) => {
      const begun = this.#positions.get(ended.call)
      if (ended.call === call || begun === undefined) return []
      const thread = this.#counterexample.system.processes[ended.call.process] ?? ''
      return [{ thread, step: begun, outcome: this.#returned(ended, path, naming) }]
    })
    const stuck: ExpectedOutcome = { kind: this.#reader.hangs(path, call.process) ? 'hung' : 'blocked' }
    return {
      step,
      outcome: own === undefined ? stuck : this.#returned(own, path, naming),
      cameBack: cameBack.sort((left, right) => (left.thread < right.thread ? -1 : 1)),
      threads: this.#threads(path, naming),
      interpreters: this.#reader.interpreters(path, naming),
      isExact: true,
    }
  }

  #threads(path: Path, naming: Naming): Expected['threads'] {
    const threads = this.#reader.threads(path, naming, (process) => this.#isPythons(process))
    return threads.map(({ slot, ...rest }) => (slot === undefined || this.#withOtherSlot.has(rest.name) ? rest : { ...rest, slot }))
  }

  #returned({ call, value }: Ended, path: Path, naming: Naming): ExpectedOutcome {
    const text = this.#valueOf(call, value, path, naming)
    return text === undefined ? { kind: 'returned' } : { kind: 'returned', value: text }
  }

  #valueOf(call: TraceCall, value: number | undefined, { before }: Path, naming: Naming): string | undefined {
    if (call.name === 'run Python' && before !== undefined) {
      const current = this.#reader.current(before.state, call.process)
      return naming.interpreters.get(this.#reader.interpreterOf(before.state, current))
    }
    // What the program never looks at is not kept.
    if (value === undefined || !this.#isKept(call)) return undefined
    switch (shapeOf(call.name).result) {
      case 'thread state':
        return value < 0 ? 'NULL' : naming.threadStates.get(value)
      case 'PyGILState_STATE':
        return value === 0 ? 'PyGILState_LOCKED' : 'PyGILState_UNLOCKED'
      case 'number':
        return String(value)
      default:
        return undefined
    }
  }

  /** Some step of the system assigns the variable anything but its initial value: results that nobody reads are dropped. */
  #isKept({ call }: TraceCall): boolean {
    const variable = variableOf(call.result)
    return this.#counterexample.system.actions.some((action) =>
      action.assignments.some(({ target, value }) => target.variable === variable && value.kind !== 'literal'),
    )
  }
}

/** What such a call returns is new, whether or not the program keeps it. */
function makesThreadState({ name }: TraceCall): boolean {
  return name === 'PyThreadState_New' || shapeOf(name).makesInterpreter === true
}
