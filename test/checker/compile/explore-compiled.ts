import { expect } from 'vitest'
import { compileSystem } from '../../../src/checker/compile/compile.ts'
import type { CompiledSystem, StateObservation } from '../../../src/checker/compile/compiled-system.ts'
import { Successors } from '../../../src/checker/compile/compiled-system.ts'
import { interpretedSystem } from '../../../src/checker/compile/interpreted-system.ts'
import type { Checked } from '../../../src/foundation/diagnostic.ts'
import { ModelError } from '../../../src/model/language/model-error.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import type { Property } from '../../../src/properties/language/property.ts'

/** What a search finds, in the same words as the toy checker. */
export interface Exploration {
  /** Values of the states, as JSON, in the order they were found. */
  readonly states: ReadonlySet<string>
  readonly transitions: number
  readonly violated: readonly string[]
  readonly exercised: readonly string[]
  readonly error?: { readonly code: string; readonly place: string; readonly message: string }
}

/** One state, as everything that may be asked of it in plain data. */
export interface Expansion {
  readonly observation: StateObservation
  readonly successors: readonly (readonly number[])[]
}

/** Everything about one state; each successor is its action, found, premises and values. */
export function expansionOf(compiled: CompiledSystem, values: Int32Array): Expansion {
  const observation: StateObservation = { found: -1, premises: -1, isFinal: false }
  const into = new Successors(compiled.slotCount)
  compiled.observe(values, observation)
  compiled.expand(values, into)
  const successors = Array.from({ length: into.count }, (_, i) => {
    const from = i * compiled.slotCount
    return [into.actions[i] ?? -1, into.found[i] ?? -1, into.premises[i] ?? -1, ...into.values.subarray(from, from + compiled.slotCount)]
  })
  return { observation, successors }
}

/** Breadth first over all states; ends at the first mistake of the model. `visit` sees each state once. */
export function exploreCompiled(
  compiled: CompiledSystem,
  properties: readonly Property[],
  visit: (values: Int32Array) => void = () => {},
): Exploration {
  const states = new Set<string>()
  const frontier: Int32Array[] = []
  let [found, premises, transitions] = [0, 0, 0]
  const edges = new Map<string, string[]>()
  const goals = new Map<string, number>()
  let error: Exploration['error']
  const meet = (values: Int32Array): void => {
    const key = JSON.stringify([...values])
    if (states.has(key)) return
    states.add(key)
    frontier.push(values)
  }
  meet(compiled.initial())
  try {
    for (let values = frontier.shift(); values !== undefined; values = frontier.shift()) {
      visit(values)
      const { observation, successors } = expansionOf(compiled, values)
      found |= observation.found
      const here = JSON.stringify([...values])
      goals.set(here, observation.found)
      edges.set(
        here,
        successors.map(([, , , ...next]) => JSON.stringify(next)),
      )
      premises |= observation.premises
      if (successors.length === 0 && !observation.isFinal) found |= bitsOf(properties, ({ kind }) => kind === 'no-deadlock')
      transitions += successors.length
      for (const [, foundThere = 0, premisesThere = 0, ...next] of successors) {
        found |= foundThere
        premises |= premisesThere
        meet(Int32Array.from(next))
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof ModelError)) throw thrown
    error = { code: thrown.code, place: thrown.place, message: thrown.message }
  }
  const isFound = (position: number): boolean => (found & (1 << position)) !== 0
  const isMissed = (position: number): boolean => {
    const good = new Set([...states].filter((state) => ((goals.get(state) ?? 0) & (1 << position)) !== 0))
    for (let before = -1; before !== good.size; ) {
      before = good.size
      for (const state of states) if (edges.get(state)?.some((next) => good.has(next))) good.add(state)
    }
    return good.size < states.size
  }
  const violated = properties.filter(({ kind }, i) => {
    if (kind === 'can-always-reach') return isMissed(i)
    return kind === 'reachable' ? !isFound(i) : isFound(i)
  })
  const exercised = properties.filter(({ premise }, i) => premise === undefined || (premises & (1 << i)) !== 0)
  const names = (of: readonly Property[]): readonly string[] => of.map(({ name }) => name)
  const outcome = { states, transitions, violated: names(violated), exercised: names(exercised) }
  return error === undefined ? outcome : { ...outcome, error }
}

/** Both engines for a system. */
export function bothEngines(
  system: TransitionSystem,
  properties: readonly Property[],
  renaming: boolean,
): { readonly generated: CompiledSystem; readonly interpreted: CompiledSystem } {
  return {
    generated: accepted(compileSystem(system, properties, { renaming })),
    interpreted: accepted(interpretedSystem(system, properties, { renaming })),
  }
}

/** Explores with the generated code and compares every state with the interpreter, mistakes of the model included. */
export function expectSameBehaviour(system: TransitionSystem, properties: readonly Property[], renaming: boolean): Exploration {
  const { generated, interpreted } = bothEngines(system, properties, renaming)
  expect(generated.initial()).toEqual(interpreted.initial())
  return exploreCompiled(generated, properties, (values) => {
    const here = attempt(() => expansionOf(generated, values))
    const there = attempt(() => expansionOf(interpreted, values))
    // Comparing texts first saves most of the time.
    if (JSON.stringify(here) !== JSON.stringify(there)) expect(here).toEqual(there)
  })
}

export function accepted<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new Error(checked.diagnostics.map(({ message }) => message).join('\n'))
  return checked.value
}

function attempt(what: () => Expansion): Expansion | { readonly code: string; readonly message: string } {
  try {
    return what()
  } catch (thrown) {
    if (!(thrown instanceof ModelError)) throw thrown
    return { code: thrown.code, message: `${thrown.place}: ${thrown.message}` }
  }
}

function bitsOf(properties: readonly Property[], isIn: (property: Property) => boolean): number {
  return properties.reduce((bits, property, position) => (isIn(property) ? bits | (1 << position) : bits), 0)
}
