import { confirm } from '../../checker/trace/replay.ts'
import type { TraceStep } from '../../checker/trace/trace.ts'
import { threadBody } from '../../model/clients/client-thread.ts'
import type { Action } from '../../model/language/action.ts'
import { apply, evaluate, isEnabled } from '../../model/language/evaluate.ts'
import type { Expression } from '../../model/language/expression.ts'
import type { State, StateShape } from '../../model/language/state.ts'
import { shapeOf } from '../../model/language/state.ts'
import { endLocation, startLocation } from '../../model/program/flow-graph.ts'
import { outcomeVariable } from '../../model/program/to-system.ts'
import type { Counterexample } from './counterexample.ts'
import type { TraceCall } from './trace-calls.ts'

/** One way a schedule may have gone so far: everything has settled. */
export interface Path {
  readonly state: State
  /** Calls that have begun and not come back, by process. */
  readonly open: ReadonlyMap<number, TraceCall>
  /** Calls that came back in the last step, with what they returned. */
  readonly ended: readonly Ended[]
  /** The property is broken, in this step or before. */
  readonly isBroken: boolean
  readonly before?: Path
  /** The call that was made last. */
  readonly made?: TraceCall
  /** How far each process is in the steps of its own code that the trace took. */
  readonly own: readonly number[]
}

export interface Ended {
  readonly call: TraceCall
  /** Undefined where the call returns nothing. */
  readonly value?: number
}

/** States that one step may go through, at most: more mean that the scenario does not settle. */
const mostStates = 5_000

/**
 * Runs a scenario in lockstep: a call at a time, each until it has come back or waits for another thread, and everything that it lets go on
 * as well. The program's own code, which no schedule makes, is run at once; where it has a choice it goes as in the trace. Threads that take
 * no step in the trace never run.
 */
export class Lockstep {
  readonly #counterexample: Counterexample
  readonly shape: StateShape
  readonly #actionsAt: readonly ReadonlyMap<number, readonly number[]>[]
  readonly #counters: readonly number[]
  readonly #outcome: number
  /** Steps of its own code that each process takes in the trace. */
  readonly #own: readonly (readonly number[])[]
  readonly #acting: ReadonlySet<number>

  constructor(counterexample: Counterexample) {
    const { system, trace } = counterexample
    this.#counterexample = counterexample
    this.shape = shapeOf(system.variables)
    this.#counters = system.processes.map((name) => this.shape.firstSlot.get(`${name} is at`) ?? 0)
    this.#outcome = this.shape.firstSlot.get(outcomeVariable) ?? 0
    this.#actionsAt = system.processes.map((_, process) => byLocation(system.actions, process))
    this.#own = system.processes.map((_, process) => ownSteps(system.actions, trace.steps, process))
    this.#acting = new Set(trace.steps.map(({ process }) => process))
  }

  /** Where a schedule begins: nobody has called anything. */
  begin(): readonly Path[] {
    const { trace, system } = this.#counterexample
    const start: Path = { state: trace.initial, open: new Map(), ended: [], isBroken: false, own: system.processes.map(() => 0) }
    return this.#settle(start)
  }

  /** Everything that may come of making this call now; nothing where its thread does not stand in front of it. */
  make(before: Path, made: TraceCall): readonly Path[] {
    const { process, call } = made
    const here = this.#at(before.state, process)
    if (before.open.has(process) || !here.some((action) => action.call === call)) return []
    return this.#settle({ ...before, open: new Map([...before.open, [process, made]]), ended: [], before, made })
  }

  /** The process that runs everything has ended. */
  hasDied(state: State): boolean {
    return (state[this.#outcome] ?? -1) >= 0
  }

  /** The thread takes part in the trace. */
  acts(process: number): boolean {
    return this.#acting.has(process)
  }

  hasEnded(state: State, process: number): boolean {
    return state[this.#counters[process] ?? 0] === endLocation
  }

  hasBegun(state: State, process: number): boolean {
    return state[this.#counters[process] ?? 0] !== startLocation
  }

  /** The value of an expression in a state. */
  value(expression: Expression, state: State): number {
    const { system } = this.#counterexample
    return evaluate(expression, { shape: this.shape, system, state })
  }

  #settle(from: Path): readonly Path[] {
    const settled: Path[] = []
    const seen = new Set([keyOf(from)])
    const pending = [from]
    for (let here = pending.pop(); here !== undefined && seen.size < mostStates; here = pending.pop()) {
      const next = this.#moves(here)
      const stands = here.state.join()
      // A waiting thread may ask again for what it asked for already.
      if (!next.some(({ state }) => state.join() !== stands)) settled.push(this.#judged(here))
      for (const path of next) {
        const key = keyOf(path)
        if (seen.has(key)) continue
        seen.add(key)
        pending.push(path)
      }
    }
    return settled
  }

  /** A deadlock, and a state from which no goal can be reached, are seen only where nothing moves any more. */
  #judged(path: Path): Path {
    const { property, system } = this.#counterexample
    if (path.isBroken || (property.kind !== 'no-deadlock' && property.kind !== 'can-always-reach')) return path
    return confirm(system, property, { initial: path.state, steps: [] }) ? { ...path, isBroken: true } : path
  }

  #moves(path: Path): readonly Path[] {
    if (this.hasDied(path.state)) return []
    return [...this.#acting].flatMap((process) => this.#movesOf(path, process))
  }

  #movesOf(path: Path, process: number): readonly Path[] {
    const { system } = this.#counterexample
    const enabled = this.#at(path.state, process).filter((action) => isEnabled(system, this.shape, path.state, action))
    const open = path.open.get(process)
    if (open !== undefined) return enabled.filter(({ call }) => call === open.call).map((action) => this.#take(path, action))
    const body = this.hasBegun(path.state, process) ? undefined : enabled.find(({ call }) => call?.name === threadBody)
    if (body?.call !== undefined) {
      const call: TraceCall = { process, call: body.call, name: 'return' }
      return [this.#take({ ...path, open: new Map([...path.open, [process, call]]) }, body)]
    }
    return this.#ownMoves(path, process, enabled)
  }

  #ownMoves(path: Path, process: number, enabled: readonly Action[]): readonly Path[] {
    const { system } = this.#counterexample
    const own = enabled.filter(({ call }) => call === undefined)
    const [only] = own
    if (only === undefined) return []
    const steps = this.#own[process] ?? []
    const from = path.own[process] ?? 0
    const positions = own.map((action) => system.actions.indexOf(action))
    const next = steps.findIndex((position, i) => i >= from && positions.includes(position))
    const chosen = next < 0 ? (own.length === 1 ? only : undefined) : system.actions[steps[next] ?? -1]
    if (chosen === undefined) return []
    const counted = next < 0 ? path.own : path.own.map((count, i) => (i === process ? next + 1 : count))
    return [this.#take({ ...path, own: counted }, chosen)]
  }

  #take(path: Path, action: Action): Path {
    const { system } = this.#counterexample
    const state = apply(system, this.shape, path.state, action)
    const isBroken = path.isBroken || this.#breaks(path.state, state, action)
    const moved: Path = { ...path, state, isBroken }
    const open = path.open.get(action.process)
    if (open === undefined || this.hasDied(state) || this.#isIn(state, open)) return moved
    const rest = new Map([...path.open].filter(([process]) => process !== action.process))
    return { ...moved, open: rest, ended: [...path.ended, this.#endOf(open, state)] }
  }

  #endOf(call: TraceCall, state: State): Ended {
    const { result } = call.call
    return result === undefined ? { call } : { call, value: this.value(result, state) }
  }

  #isIn(state: State, { process, call }: TraceCall): boolean {
    return this.#at(state, process).some((action) => action.call === call)
  }

  #breaks(before: State, after: State, action: Action): boolean {
    const { property, system } = this.#counterexample
    const around = { shape: this.shape, system, state: before, after, action }
    switch (property.kind) {
      case 'invariant':
        return this.value(property.holds, after) === 0
      case 'reachable':
        return this.value(property.goal, after) !== 0
      case 'forbidden-transition':
        return evaluate(property.forbids, around) !== 0
      case 'no-deadlock':
      case 'can-always-reach':
        return false
    }
  }

  #at(state: State, process: number): readonly Action[] {
    const { system } = this.#counterexample
    const positions = this.#actionsAt[process]?.get(state[this.#counters[process] ?? 0] ?? -1) ?? []
    return positions.flatMap((position) => system.actions[position] ?? [])
  }
}

function keyOf({ state, open, isBroken, own }: Path): string {
  return `${state.join()};${[...open.keys()].sort().join()};${isBroken};${own.join()}`
}

/** Actions by the location they leave: compiled programs compare their program counter with a literal first. */
function byLocation(actions: readonly Action[], process: number): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>()
  for (const [position, { process: owner, guard }] of actions.entries()) {
    if (owner !== process) continue
    const test = guard.kind === 'and' ? (guard.operands[0] ?? guard) : guard
    if (test.kind !== 'equal' || test.right.kind !== 'literal') throw new TypeError('an action of a program begins with its location')
    const there = places.get(test.right.value)
    if (there === undefined) places.set(test.right.value, [position])
    else there.push(position)
  }
  return places
}

function ownSteps(actions: readonly Action[], steps: readonly TraceStep[], process: number): readonly number[] {
  return steps.filter((step) => step.process === process && actions[step.action]?.call === undefined).map(({ action }) => action)
}
