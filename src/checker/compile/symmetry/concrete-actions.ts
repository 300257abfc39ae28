import { InternalError } from '../../../foundation/diagnostic.ts'
import type { Action } from '../../../model/language/action.ts'
import { apply } from '../../../model/language/evaluate.ts'
import type { TransitionSystem } from '../../../model/language/transition-system.ts'
import type { Variable } from '../../../model/language/variable.ts'
import { Exchange } from '../../symmetry/exchange.ts'
import type { PreparedSystem } from '../prepare-system.ts'
import type { Neighbours } from './process-order.ts'
import { sortProcesses } from './sort-processes.ts'

/**
 * Tells a run through states in which processes were put into order with names that stay. An exchange maps the actions of a state to those of the
 * state that comes out; the exchanges made on the way, one after the other, map them to the actions of the run that is told.
 */
export function concreteActions({ system, slots, order, rename }: PreparedSystem, actions: readonly number[]): readonly number[] {
  if (order.groups.length === 0) return actions
  const { shape } = slots
  const images = new ActionImages(system)
  let told: readonly number[] = system.actions.map((_, position) => position)
  let values = Int32Array.from(shape.initial)
  const normalize = (): void => {
    for (const pair of sortProcesses(order, values)) {
      const image = images.by(pair)
      told = image.map((position) => told[position] as number)
    }
    rename(values)
  }
  normalize()
  return actions.map((position) => {
    const concrete = told[position] as number
    values = Int32Array.from(apply(system, shape, Array.from(values), system.actions[position] as Action))
    normalize()
    return concrete
  })
}

/** Where exchanges take actions; found by their texts, and kept. */
class ActionImages {
  readonly #system: TransitionSystem
  readonly #variables: ReadonlyMap<string, Variable>
  /** Positions of the actions with each text. */
  readonly #positions = new Map<string, number[]>()
  readonly #known = new Map<Neighbours, readonly number[]>()

  constructor(system: TransitionSystem) {
    this.#system = system
    this.#variables = new Map(system.variables.map((variable) => [variable.name, variable]))
    const nobody = new Exchange([0, 0], { variables: new Map(), values: new Map() }, this.#variables)
    for (const [position, action] of system.actions.entries()) {
      const text = nobody.textOfAction(action)
      this.#positions.set(text, [...(this.#positions.get(text) ?? []), position])
    }
  }

  by(pair: Neighbours): readonly number[] {
    const known = this.#known.get(pair)
    if (known !== undefined) return known
    const exchange = new Exchange(pair.processes, pair.counterpart, this.#variables)
    const left = new Map([...this.#positions].map(([text, positions]) => [text, [...positions]]))
    const image = this.#system.actions.map((action) => left.get(exchange.textOfAction(action))?.shift() ?? lost(action))
    this.#known.set(pair, image)
    return image
  }
}

function lost(action: Action): never {
  throw new InternalError('MC901', `an exchange of interchangeable processes leaves nothing of the action "${action.name}"`)
}
