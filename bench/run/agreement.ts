import type { BenchModel } from '../models/bench-model.ts'

/** Significant digits of a number that SPIN prints. */
const spinPrecision = 8

/** Remembers what was counted, and throws when two counts of the same thing differ: then nothing was compared. */
export class Agreement {
  readonly #counts = new Map<string, { readonly states: number; readonly by: string }>()

  constructor(models: readonly BenchModel[]) {
    for (const { name, expectedStates } of models) {
      if (expectedStates !== undefined) this.#counts.set(key(name, ''), { states: expectedStates, by: 'the count that is known' })
    }
  }

  confirm(model: string, tool: { readonly name: string; readonly reductions: string }, states: number): void {
    const whole = this.#counts.get(key(model, ''))
    if (tool.reductions !== '' && whole !== undefined && states > whole.states) {
      throw new Error(`${tool.name} finds ${states} states of "${model}" with a reduction; ${whole.by} says ${whole.states} without.`)
    }
    const known = this.#counts.get(key(model, tool.reductions))
    if (known === undefined) this.#counts.set(key(model, tool.reductions), { states, by: tool.name })
    else if (Number(known.states.toPrecision(spinPrecision)) !== Number(states.toPrecision(spinPrecision))) {
      throw new Error(`${tool.name} finds ${states} states of "${model}", and ${known.by} says ${known.states}: nothing was compared.`)
    }
  }

  /** Without reductions. */
  statesOf(model: string): number | undefined {
    return this.#counts.get(key(model, ''))?.states
  }
}

function key(model: string, reductions: string): string {
  return `${model}\n${reductions}`
}
