import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Action } from '../../../src/model/language/action.ts'
import { truth } from '../../../src/model/language/builder.ts'
import { apply, evaluate, isEnabled } from '../../../src/model/language/evaluate.ts'
import type { Expression } from '../../../src/model/language/expression.ts'
import { ModelError } from '../../../src/model/language/model-error.ts'
import type { State } from '../../../src/model/language/state.ts'
import { shapeOf } from '../../../src/model/language/state.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import type { Property } from '../../../src/properties/language/property.ts'
import { systemsWithProperties } from '../../arbitraries/property.ts'
import { toyCheck } from '../../oracle/toy-checker.ts'
import { smallSystems } from '../../support/systems.ts'

describe('evaluate and apply', () => {
  it('agree with the toy oracle on 200 random systems and their properties', () => {
    fc.assert(
      fc.property(systemsWithProperties(), ({ system, properties: all }) => {
        // What can always be reached is no question to one state or transition.
        const properties = all.filter(({ kind }) => kind !== 'can-always-reach')
        const { states, transitions, violated, error } = toyCheck(system, properties)
        expect(search(system, properties)).toEqual({ states: [...states], transitions, violated, error })
      }),
      { numRuns: 200 },
    )
  }, 60_000)

  it.each(Object.values(smallSystems))('agree with the toy oracle on $name', (system) => {
    const { states, transitions, violated, error } = toyCheck(system)
    expect(search(system, [])).toEqual({ states: [...states], transitions, violated, error })
  })

  it('says what a variable would become, and its domain, when an action leaves it', () => {
    const system = smallSystems.overflowingCounter
    const [tick] = system.actions
    expect(tick && (() => apply(system, shapeOf(system.variables), [2], tick))).toThrow(
      new ModelError('MC110', '"counted" would become 3', 'tick', 'its domain goes from 0 to 2'),
    )
  })
})

interface Outcome {
  readonly states: readonly string[]
  readonly transitions: number
  readonly violated: readonly string[]
  readonly error: { readonly code: string; readonly place: string } | undefined
}

/** Breadth first over the reference meaning, without any cleverness. */
function search(system: TransitionSystem, properties: readonly Property[]): Outcome {
  const shape = shapeOf(system.variables)
  const seen = new Set([JSON.stringify(shape.initial)])
  const happened = new Set<string>()
  const queue: State[] = [shape.initial]
  let transitions = 0
  let place = 'a formula'

  const note = (kind: Property['kind'], happens: (property: Property) => boolean): void => {
    for (const property of properties) if (property.kind === kind && happens(property)) happened.add(property.name)
  }
  const take = (state: State, action: Action): boolean => {
    place = action.name
    if (!isEnabled(system, shape, state, action)) return false
    transitions++
    const after = apply(system, shape, state, action)
    const around = { shape, system, state, action, after }
    note('forbidden-transition', (property) => evaluate(formulaOf(property), around) === 1)
    if (!seen.has(JSON.stringify(after))) queue.push(after)
    seen.add(JSON.stringify(after))
    return true
  }
  const visit = (state: State): void => {
    const around = { shape, system, state }
    place = 'a formula'
    note('invariant', (property) => evaluate(formulaOf(property), around) === 0)
    note('reachable', (property) => evaluate(formulaOf(property), around) === 1)
    const taken = system.actions.filter((action) => take(state, action))
    place = 'a formula'
    if (taken.length === 0) note('no-deadlock', () => evaluate(system.final, around) === 0)
  }
  const outcome = (error: Outcome['error']): Outcome => {
    const violated = properties.filter(({ kind, name }) => happened.has(name) !== (kind === 'reachable'))
    return { states: [...seen], transitions, violated: violated.map(({ name }) => name), error }
  }
  try {
    for (const state of queue) visit(state)
  } catch (thrown) {
    if (!(thrown instanceof ModelError)) throw thrown
    return outcome({ code: thrown.code, place })
  }
  return outcome(undefined)
}

function formulaOf(property: Property): Expression {
  switch (property.kind) {
    case 'invariant':
      return property.holds
    case 'forbidden-transition':
      return property.forbids
    case 'reachable':
    case 'can-always-reach':
      return property.goal
    case 'no-deadlock':
      return truth
  }
}
