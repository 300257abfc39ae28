import { InternalError } from '../foundation/diagnostic.ts'

/**
 * What was met of some slots of a state, each combination of values once. A value is written as a character, its distance from the lowest of
 * its domain: to the values of the same slots after a step, or to one character, 0 or 1, that says whether a formula holds.
 */
export interface Table {
  readonly slots: readonly number[]
  readonly rows: ReadonlyMap<string, string>
}

/** A table while states are visited. */
export class GrowingTable implements Table {
  readonly slots: readonly number[]
  readonly rows = new Map<string, string>()
  readonly #says: 'steps' | 'truths'

  /** A table over no slot would be none to LTSmin, so it then has the first. */
  constructor(says: 'steps' | 'truths', slots: readonly number[]) {
    const distinct = [...new Set(slots)].sort((left, right) => left - right)
    this.slots = distinct.length === 0 ? [0] : distinct
    this.#says = says
  }

  /** Takes down what these values lead to, and says whether that is new. `lowest` has the lowest value of each slot. */
  put(values: Int32Array, to: Int32Array | boolean, lowest: Int32Array): boolean {
    const from = this.#textOf(values, lowest)
    const result = typeof to === 'boolean' ? String.fromCharCode(to ? 1 : 0) : this.#textOf(to, lowest)
    const known = this.rows.get(from)
    if (known === undefined) this.rows.set(from, result)
    else if (known !== result) throw new InternalError('MC901', 'a table lacks a slot on which it depends')
    return known === undefined
  }

  /** Without the slots whose entry in `varies` is 0: they never change, so they tell no two rows apart. One slot stays in any case. */
  narrowed(varies: Uint8Array): Table {
    const kept = this.slots.flatMap((slot, position) => (varies[slot] === 1 ? [{ slot, position }] : []))
    const columns = kept.length > 0 ? kept : this.slots.slice(0, 1).map((slot) => ({ slot, position: 0 }))
    const pick = (text: string): string => columns.map(({ position }) => text[position]).join('')
    const rows = [...this.rows].map(([from, to]): [string, string] => [pick(from), this.#says === 'steps' ? pick(to) : to])
    return { slots: columns.map(({ slot }) => slot), rows: new Map(rows) }
  }

  #textOf(values: Int32Array, lowest: Int32Array): string {
    let text = ''
    for (const slot of this.slots) text += String.fromCharCode((values[slot] as number) - (lowest[slot] as number))
    return text
  }
}
