import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { enabledActions } from '../../../src/checker/trace/enabled-actions.ts'
import { apply, isEnabled } from '../../../src/model/language/evaluate.ts'
import { ModelError } from '../../../src/model/language/model-error.ts'
import type { State } from '../../../src/model/language/state.ts'
import { shapeOf } from '../../../src/model/language/state.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import { systemOf } from '../../../src/model/program/to-system.ts'
import { randomPrograms, shared, writeProgram } from '../../arbitraries/program.ts'
import { transitionSystems } from '../../arbitraries/transition-system.ts'

/** Asks every action, or gives the code of what goes wrong. */
function askAll(system: TransitionSystem, state: State): unknown {
  const shape = shapeOf(system.variables)
  return orCode(() => system.actions.flatMap((action, position) => (isEnabled(system, shape, state, action) ? [position] : [])))
}

function orCode(ask: () => unknown): unknown {
  try {
    return ask()
  } catch (error) {
    if (error instanceof ModelError) return error.code
    throw error
  }
}

/** The first states of a run that always takes the first enabled action, then the second, then the first again. */
function someStates(system: TransitionSystem): readonly State[] {
  const shape = shapeOf(system.variables)
  const states = [shape.initial]
  while (states.length < 20) {
    const state = states.at(-1) ?? []
    const enabled = askAll(system, state)
    const chosen = Array.isArray(enabled) ? (enabled[states.length % 2] ?? enabled[0]) : undefined
    const action = system.actions[chosen ?? -1]
    const after = action === undefined ? undefined : orCode(() => apply(system, shape, state, action))
    if (!Array.isArray(after)) break
    states.push(after)
  }
  return states
}

function agreesOn(system: TransitionSystem): void {
  for (const state of someStates(system)) {
    expect(orCode(() => enabledActions(system, state).map(({ position }) => position))).toEqual(askAll(system, state))
  }
}

describe('enabled actions', () => {
  it('are those whose guards hold, on random systems, and go wrong as these do', () => {
    fc.assert(fc.property(transitionSystems(), agreesOn), { numRuns: 300 })
  })

  it('are those whose guards hold, on random programs, whose actions are found by program counter', () => {
    const variables = Object.values(shared).map(({ declaration }) => declaration)
    fc.assert(
      fc.property(randomPrograms, (bodies) => {
        const programs = bodies.map((body, i) => writeProgram(`process ${i + 1}`, body))
        agreesOn(systemOf(programs, { name: 'random', variables, merge: false, visible: new Set() }).system)
      }),
      { numRuns: 100 },
    )
  })
})
