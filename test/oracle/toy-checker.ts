import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { Property } from '../../src/properties/language/property.ts'
import type { ToyScene } from './toy-meaning.ts'
import { speaksOfTransition, truth } from './toy-meaning.ts'
import type { ToyState } from './toy-state.ts'
import { initialState, ToyError, textOf } from './toy-state.ts'
import { step } from './toy-step.ts'

/**
 * An independent opinion: what the language means, written a second time from the comments of its types, sharing no code with the toolkit.
 * States are maps from "name[indices]" to values, seen states are JSON in a set. No cleverness; a few thousand states at most.
 */
export interface ToyResult {
  /** Distinct states found; all reachable ones unless `error` is there. */
  readonly states: ReadonlySet<string>
  /** Pairs of a state and an action enabled in it. */
  readonly transitions: number
  /** Steps to the farthest state. */
  readonly depth: number
  /** Names of violated properties; a reachability property that is never satisfied is one. */
  readonly violated: readonly string[]
  /** Names of properties whose premise happened, or that have none. */
  readonly exercised: readonly string[]
  /** States that are not final and have no enabled action. */
  readonly deadlocks: number
  /** The first mistake met, breadth first: in each state formulas first, then actions in order. The search ends there. */
  readonly error?: { readonly code: string; readonly place: string }
}

/** Visits every reachable state. Throws a RangeError when there are more than `limit`. */
export function toyCheck(system: TransitionSystem, properties: readonly Property[] = [], limit = 50_000): ToyResult {
  const start = initialState(system)
  const search = new ToySearch(system, properties, start)
  try {
    for (let level = [start]; level.length > 0; search.depth++) {
      level = level.flatMap((state) => search.visit(state))
      if (search.states.size > limit) throw new RangeError(`more than ${limit} states`)
      if (level.length === 0) break
    }
  } catch (error) {
    if (!(error instanceof ToyError)) throw error
    return { ...search.result(), error: { code: error.code, place: search.place } }
  }
  return search.result()
}

class ToySearch {
  readonly states: Set<string>
  depth = 0
  place = ''
  #transitions = 0
  #deadlocks = 0
  /** Names of the properties for which something happened: a violation, a goal, a premise. */
  readonly #broken = new Set<string>()
  readonly #reached = new Set<string>()
  readonly #exercised = new Set<string>()
  /** Successors of each state, and the states that satisfy each goal which must always be reachable. */
  readonly #edges = new Map<string, string[]>()
  readonly #ends = new Map<string, Set<string>>()
  readonly #system: TransitionSystem
  readonly #properties: readonly Property[]

  constructor(system: TransitionSystem, properties: readonly Property[], start: ToyState) {
    this.#system = system
    this.#properties = properties
    this.states = new Set([textOf(start)])
  }

  /** Looks at a state and all transitions out of it; gives the successors that are new. */
  visit(state: ToyState): readonly ToyState[] {
    const scene: ToyScene = { system: this.#system, state, bound: new Map() }
    this.place = 'a formula'
    for (const property of this.#properties) this.#lookAtState(property, scene)
    const found: ToyState[] = []
    const before = this.#transitions
    for (const action of this.#system.actions) {
      this.place = action.name
      if (!truth(action.guard, { ...scene, action })) continue
      this.#transitions++
      const after = step(this.#system, state, action)
      this.#edges.set(textOf(state), [...(this.#edges.get(textOf(state)) ?? []), textOf(after)])
      for (const property of this.#properties) this.#lookAtTransition(property, { ...scene, action, after })
      if (this.states.has(textOf(after))) continue
      this.states.add(textOf(after))
      found.push(after)
    }
    if (this.#transitions === before) this.#stop(scene)
    return found
  }

  #lookAtState(property: Property, scene: ToyScene): void {
    const { name, premise } = property
    if (property.kind === 'invariant' && !truth(property.holds, scene)) this.#broken.add(name)
    if (property.kind === 'reachable' && truth(property.goal, scene)) this.#reached.add(name)
    if (property.kind === 'can-always-reach' && truth(property.goal, scene))
      this.#ends.set(name, (this.#ends.get(name) ?? new Set()).add(textOf(scene.state)))
    if (premise && !speaksOfTransition(premise) && truth(premise, scene)) this.#exercised.add(name)
  }

  /** Some state has no way to one that satisfies the goal. A state has one if a successor has: all are asked again until nothing changes. */
  #isMissed(goals: ReadonlySet<string>): boolean {
    const good = new Set(goals)
    for (let before = -1; before !== good.size; ) {
      before = good.size
      for (const state of this.states) if (this.#edges.get(state)?.some((next) => good.has(next))) good.add(state)
    }
    return good.size < this.states.size
  }

  #lookAtTransition(property: Property, scene: ToyScene): void {
    const { name, premise } = property
    if (property.kind === 'forbidden-transition' && truth(property.forbids, scene)) this.#broken.add(name)
    if (premise && speaksOfTransition(premise) && truth(premise, scene)) this.#exercised.add(name)
  }

  #stop(scene: ToyScene): void {
    this.place = 'a formula'
    if (truth(this.#system.final, scene)) return
    this.#deadlocks++
    for (const { kind, name } of this.#properties) if (kind === 'no-deadlock') this.#broken.add(name)
  }

  result(): ToyResult {
    const isViolated = ({ kind, name }: Property): boolean => {
      if (kind === 'can-always-reach') return this.#isMissed(this.#ends.get(name) ?? new Set())
      return kind === 'reachable' ? !this.#reached.has(name) : this.#broken.has(name)
    }
    const isExercised = ({ premise, name }: Property): boolean => premise === undefined || this.#exercised.has(name)
    return {
      states: this.states,
      transitions: this.#transitions,
      depth: this.depth,
      violated: this.#properties.filter(isViolated).map(({ name }) => name),
      exercised: this.#properties.filter(isExercised).map(({ name }) => name),
      deadlocks: this.#deadlocks,
    }
  }
}
