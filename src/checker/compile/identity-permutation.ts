import type { StateShape } from '../../model/language/state.ts'
import { elementAt, indicesOf } from '../../model/language/state.ts'
import type { IdentityTables } from './identity-tables.ts'
import { scalarsetAmong } from './identity-tables.ts'

/** More permutations than this are not remembered at once. */
const mostPermutations = 1024

/** Gives identities new numbers in a state: references get the new number, elements move to where it says. */
export class IdentityPermutation {
  readonly #tables: IdentityTables
  readonly #shape: StateShape
  /** Where each moving element goes, by permutation. */
  readonly #targets = new Map<number, Int32Array>()
  /** Scratch for the values that move. */
  readonly #moved: Int32Array

  constructor(tables: IdentityTables, shape: StateShape) {
    this.#tables = tables
    this.#shape = shape
    this.#moved = new Int32Array(tables.moving.length)
  }

  /** `numberOf` as `IdentityNumbering` gives it. */
  apply(numberOf: Int32Array, values: Int32Array, begin: number): void {
    const { references, refersTo, begins, moving } = this.#tables
    for (let i = 0; i < references.length; i++) {
      const slot = references[i] as number
      const member = values[begin + slot] as number
      if (member < 0) continue
      values[begin + slot] = numberOf[(begins[refersTo[slot] as number] as number) + member] as number
    }
    const targets = this.#targetsFor(numberOf)
    const moved = this.#moved
    for (let i = 0; i < moving.length; i++) moved[i] = values[begin + (moving[i] as number)] as number
    for (let i = 0; i < moving.length; i++) values[begin + (targets[i] as number)] = moved[i] as number
  }

  #targetsFor(numberOf: Int32Array): Int32Array {
    let permutation = 0
    for (let i = 0; i < numberOf.length; i++) permutation = permutation * numberOf.length + (numberOf[i] as number)
    const known = Number.isSafeInteger(permutation) ? this.#targets.get(permutation) : undefined
    if (known !== undefined) return known
    const targets = this.#tables.moving.map((slot) => this.#targetOf(slot, numberOf))
    if (this.#targets.size >= mostPermutations) this.#targets.clear()
    this.#targets.set(permutation, targets)
    return targets
  }

  #targetOf(slot: number, numberOf: Int32Array): number {
    const { scalarsets, begins } = this.#tables
    const owner = this.#shape.variables.findLast(({ name }) => (this.#shape.firstSlot.get(name) ?? 0) <= slot)
    const first = this.#shape.firstSlot.get(owner?.name ?? '') ?? 0
    const indexedBy = owner?.indexedBy ?? []
    const renamed = indicesOf(indexedBy, slot - first).map((index, i) => {
      const scalarset = scalarsetAmong(scalarsets, indexedBy[i])
      return scalarset === -1 ? index : (numberOf[(begins[scalarset] ?? 0) + index] ?? index)
    })
    return first + (elementAt(indexedBy, renamed) ?? 0)
  }
}
