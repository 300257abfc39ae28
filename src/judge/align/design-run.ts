import type { Telling } from '../../model/language/action.ts'
import { describeValue } from '../../model/language/domain.ts'
import type { Surroundings } from '../../model/language/evaluate.ts'
import { apply, isEnabled } from '../../model/language/evaluate.ts'
import type { Expression } from '../../model/language/expression.ts'
import { ModelError } from '../../model/language/model-error.ts'
import type { State, StateShape } from '../../model/language/state.ts'
import { indicesOf, shapeOf } from '../../model/language/state.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import { localName } from '../../report/shown-changes.ts'
import { describePlace } from '../../report/told-step.ts'
import { conditionsOf, firstFailing, standsBefore } from '../explain/describe-condition.ts'
import { changesOf } from '../narrate.ts'

/** A told step in front of which a thread stands, behind silent ones that lead there. */
export interface NextStep {
  /** Positions of the silent actions, then that of the told one. */
  readonly path: readonly number[]
  readonly telling: Telling
  readonly isBlocked: boolean
  /** What was asked on the way and found, or, if it is blocked, what does not hold; with the state it was asked in. */
  readonly asked: readonly Asked[]
}

/** A value and the kind of values it is one of. */
export interface SharedValue {
  readonly kind: string
  readonly value: string
}

export interface Asked {
  readonly condition: Expression
  readonly around: Surroundings
}

/** How far a search has come. */
interface Onward {
  readonly state: State
  readonly path: readonly number[]
  readonly asked: readonly Asked[]
}

/** States looked at in front of one told step. */
const mostStates = 200

/** A run of one design that is led thread by thread, by the reference semantics. */
export class DesignRun {
  readonly system: TransitionSystem
  readonly #shape: StateShape
  state: State

  constructor(system: TransitionSystem, state: State = shapeOf(system.variables).initial) {
    this.system = system
    this.#shape = shapeOf(system.variables)
    this.state = state
  }

  copy(): DesignRun {
    return new DesignRun(this.system, this.state)
  }

  /** Takes actions that were seen to be possible. */
  take(path: readonly number[]): void {
    for (const position of path) {
      const action = this.system.actions[position]
      if (action !== undefined) this.state = apply(this.system, this.#shape, this.state, action)
    }
  }

  /** What taking these actions would change of shared values, before and after; else what the last of them finds and keeps in locals. */
  changesBy(path: readonly number[]): readonly string[] {
    const run = this.copy()
    run.take(path)
    const shared = changesOf(this.#shape, this.state, run.state).filter(({ kind }) => kind === 'shared')
    if (shared.length > 0) return shared.map(({ what, from, to }) => `${what}: ${from} → ${to}`)
    const { assignments = [] } = this.system.actions[path.at(-1) ?? -1] ?? {}
    // A local that is assigned a plain value is reset because it is dead.
    return assignments.flatMap(({ target, value }) => {
      const isFound = value.kind !== 'literal' && this.#shape.byName.get(target.variable)?.role === 'local'
      return isFound ? [`${localName(target)} = ${run.valueOf(target.variable)}`] : []
    })
  }

  /** Takes a silent step of the thread, if that is all it can do. */
  takeSilently(process: number): void {
    const open = this.#standing(this.state, process).flatMap((position) => {
      const step = this.#stepFrom({ state: this.state, path: [], asked: [] }, position)
      return step.state === undefined ? [] : [position]
    })
    const [only] = open
    if (open.length === 1 && only !== undefined && this.system.actions[only]?.told.length === 0) this.take([only])
  }

  /** What the thread may do next that readers are told of; a blocked step only where nothing else is possible. None if it has ended. */
  nextSteps(process: number): readonly NextStep[] {
    const blocked: NextStep[] = []
    const possible = [...this.#search(process, () => false, blocked)]
    return possible.length > 0 ? possible : blocked.slice(-1)
  }

  /** The nearest step of the thread that is wanted, behind others of this call, or undefined. */
  find(process: number, activation: number | undefined, isWanted: (telling: Telling) => boolean): NextStep | undefined {
    const isInside = (telling: Telling): boolean => activation !== undefined && telling.activation === activation
    for (const step of this.#search(process, isInside, [])) if (isWanted(step.telling)) return step
    return undefined
  }

  /** Told steps behind silent ones, and behind told ones that may be passed, nearest first. */
  *#search(process: number, mayPass: (telling: Telling) => boolean, blocked: NextStep[]): Generator<NextStep> {
    const open: Onward[] = [{ state: this.state, path: [], asked: [] }]
    for (const onward of open) {
      const steps = this.#stepsFrom(onward, process)
      blocked.push(...steps.flatMap(({ step, state }) => (state === undefined && step !== undefined ? [step] : [])))
      for (const { state, step, ...way } of steps.filter((one) => one.state !== undefined)) {
        if (step !== undefined) yield step
        const isPassed = step === undefined || mayPass(step.telling)
        if (isPassed && state !== undefined && open.length < mostStates) open.push({ ...way, state })
      }
    }
  }

  #stepsFrom(onward: Onward, process: number): readonly (Omit<Onward, 'state'> & { readonly state?: State; readonly step?: NextStep })[] {
    return this.#standing(onward.state, process).map((position) => {
      const behind = this.#stepFrom(onward, position)
      const telling = this.system.actions[position]?.told[0]
      const { path, asked } = behind
      return telling === undefined ? behind : { ...behind, step: { path, asked, telling, isBlocked: behind.state === undefined } }
    })
  }

  /** Behind an action; without a state if it cannot be taken, and then with what does not hold. */
  #stepFrom({ state, path, asked }: Onward, position: number): Omit<Onward, 'state'> & { readonly state?: State } {
    const action = this.system.actions[position]
    if (action === undefined) return { path, asked }
    const around: Surroundings = { shape: this.#shape, system: this.system, state, action }
    const conditions = conditionsOf(action)
    const inThisState = (condition: Expression): Asked => ({ condition, around })
    try {
      if (!isEnabled(this.system, this.#shape, state, action)) return { path, asked: firstFailing(conditions, around).map(inThisState) }
      const after = apply(this.system, this.#shape, state, action)
      return { path: [...path, position], asked: [...asked, ...conditions.map(inThisState)], state: after }
    } catch (error) {
      if (error instanceof ModelError) return { path, asked }
      throw error
    }
  }

  /** Every element of a variable that threads share, by its name in words and its kind of values, with its value. */
  sharedValues(): ReadonlyMap<string, SharedValue> {
    const values = new Map<string, SharedValue>()
    for (const { name, role, domain, indexedBy, initial } of this.system.variables) {
      if (role !== 'shared') continue
      const first = this.#shape.firstSlot.get(name) ?? 0
      const kind = 'name' in domain ? domain.name : domain.kind
      for (const element of initial.keys()) {
        const indices = indicesOf(indexedBy, element).map((index, i) => describeValue(indexedBy[i] ?? domain, index))
        const value = describeValue(domain, this.state[first + element] ?? 0)
        values.set(describePlace({ variable: name, indices }), { kind, value })
      }
    }
    return values
  }

  /** The value of a variable that is no array; undefined where there is no such variable. */
  valueOf(variable: string): string | undefined {
    const slot = this.#shape.firstSlot.get(variable)
    const domain = this.#shape.byName.get(variable)?.domain
    return slot === undefined || domain === undefined ? undefined : describeValue(domain, this.state[slot] ?? 0)
  }

  /** What an action asks beside where its thread stands. */
  askedBy(position: number): readonly Asked[] {
    const action = this.system.actions[position]
    if (action === undefined) return []
    const around: Surroundings = { shape: this.#shape, system: this.system, state: this.state, action }
    return conditionsOf(action).map((condition) => ({ condition, around }))
  }

  /** Positions of the thread's actions that begin where it stands. */
  #standing(state: State, process: number): readonly number[] {
    const around: Surroundings = { shape: this.#shape, system: this.system, state }
    return this.system.actions.flatMap((action, position) => (action.process === process && standsBefore(action, around) ? [position] : []))
  }
}
