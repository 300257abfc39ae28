import type { Checked } from '../../foundation/diagnostic.ts'
import { apply, evaluate, isEnabled } from '../../model/language/evaluate.ts'
import type { Expression } from '../../model/language/expression.ts'
import type { State } from '../../model/language/state.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Property } from '../../properties/language/property.ts'
import type { CompileOptions } from './compile-options.ts'
import type { CompiledSystem, StateObservation, Successors } from './compiled-system.ts'
import { packByLayout, unpackByLayout } from './layout.ts'
import type { PreparedSystem } from './prepare-system.ts'
import { prepareSystem } from './prepare-system.ts'
import { concreteActions } from './symmetry/concrete-actions.ts'
import { sortProcesses } from './symmetry/sort-processes.ts'
import { speaksOfTransition } from './translate/transition-formulas.ts'

/** The slow twin of `compileSystem`: the same interface by `evaluate` alone. */
export function interpretedSystem(
  system: TransitionSystem,
  properties: readonly Property[],
  options: CompileOptions,
): Checked<CompiledSystem> {
  const prepared = prepareSystem(system, properties, options)
  return prepared.ok ? { ok: true, value: interpretPrepared(prepared.value) } : prepared
}

export function interpretPrepared(prepared: PreparedSystem): CompiledSystem {
  const { system, properties, slots, layout, effects, rename, order } = prepared
  const { shape } = slots
  const slotCount = shape.domains.length

  function expand(values: Int32Array, into: Successors): void {
    const state: State = Array.from(values)
    into.count = 0
    for (const [position, action] of system.actions.entries()) {
      if (!isEnabled(system, shape, state, action)) continue
      const after = apply(system, shape, state, action)
      const around = { shape, system, state, after, action }
      const holds = (formula: Expression): boolean => evaluate(formula, around) !== 0
      const found = bitsOf(properties, (property) => property.kind === 'forbidden-transition' && holds(property.forbids))
      const premises = bitsOf(properties, ({ premise }) => premise !== undefined && speaksOfTransition(premise) && holds(premise))
      const renamed = Int32Array.from(after)
      const moved = sortProcesses(order, renamed).length > 0
      if (moved || effects.mayDisturb(action)) rename(renamed)
      into.reserve()
      into.actions[into.count] = position
      into.found[into.count] = found
      into.premises[into.count] = premises
      into.values.set(renamed, into.count * slotCount)
      into.count++
    }
  }

  function observe(values: Int32Array, into: StateObservation): void {
    const around = { shape, system, state: Array.from(values) }
    const holds = (formula: Expression): boolean => evaluate(formula, around) !== 0
    into.found = bitsOf(properties, (property) => {
      if (property.kind === 'invariant') return !holds(property.holds)
      return (property.kind === 'reachable' || property.kind === 'can-always-reach') && holds(property.goal)
    })
    into.premises = bitsOf(properties, ({ premise }) => premise !== undefined && !speaksOfTransition(premise) && holds(premise))
    into.isFinal = holds(system.final)
  }

  return {
    slotCount,
    wordCount: layout.wordCount,
    initial: () => initialValues(prepared),
    pack: (values, vectors, offset) => packByLayout(layout, values, vectors, offset),
    unpack: (vectors, offset, values) => unpackByLayout(layout, vectors, offset, values),
    expand,
    observe,
    concreteActions: (actions) => concreteActions(prepared, actions),
  }
}

/** The initial state, put into order and renamed like every other state. */
export function initialValues({ slots, rename, order }: PreparedSystem): Int32Array {
  const values = Int32Array.from(slots.shape.initial)
  sortProcesses(order, values)
  rename(values)
  return values
}

function bitsOf(properties: readonly Property[], isIn: (property: Property) => boolean): number {
  let bits = 0
  for (const [position, property] of properties.entries()) if (isIn(property)) bits |= 1 << position
  return bits
}
