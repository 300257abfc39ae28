import type { Field, Layout } from '../layout.ts'
import { maskOf } from '../layout.ts'

/**
 * Packs and unpacks states by tables, one entry for each field in order of words. Functions generated for each layout would be faster, once
 * they are optimized; most searches are over before.
 */
export class Packing {
  readonly #slots: Int32Array
  readonly #lowest: Int32Array
  readonly #shifts: Int32Array
  readonly #masks: Int32Array
  /** Per word, its first field; then the number of all fields. */
  readonly #begins: Int32Array
  readonly #constantSlots: Int32Array
  readonly #constants: Int32Array

  constructor({ wordCount, fields, constants }: Layout) {
    const words = Array.from({ length: wordCount }, (_, at) => fields.filter(({ word }) => word === at))
    const column = (of: (field: Field) => number): Int32Array => Int32Array.from(words.flat(), of)
    this.#slots = column(({ slot }) => slot)
    this.#lowest = column(({ lowest }) => lowest)
    this.#shifts = column(({ shift }) => shift)
    this.#masks = column(({ bits }) => maskOf(bits))
    this.#begins = new Int32Array(wordCount + 1)
    for (const [at, { length }] of words.entries()) this.#begins[at + 1] = (this.#begins[at] as number) + length
    this.#constantSlots = Int32Array.from(constants, ({ slot }) => slot)
    this.#constants = Int32Array.from(constants, ({ value }) => value)
  }

  /** Writes the state vector of `values` at word `offset` of `vectors`. */
  pack(values: Int32Array, vectors: Int32Array, offset: number): void {
    const slots = this.#slots
    const lowest = this.#lowest
    const shifts = this.#shifts
    const begins = this.#begins
    const wordCount = begins.length - 1
    let field = 0
    for (let at = 0; at < wordCount; at++) {
      const end = begins[at + 1] as number
      let word = 0
      for (; field < end; field++) {
        word |= ((values[slots[field] as number] as number) - (lowest[field] as number)) << (shifts[field] as number)
      }
      vectors[offset + at] = word
    }
  }

  /** Reads the state vector at word `offset` of `vectors` into `values`. */
  unpack(vectors: Int32Array, offset: number, values: Int32Array): void {
    const constantSlots = this.#constantSlots
    for (let i = 0; i < constantSlots.length; i++) values[constantSlots[i] as number] = this.#constants[i] as number
    const slots = this.#slots
    const lowest = this.#lowest
    const shifts = this.#shifts
    const masks = this.#masks
    const begins = this.#begins
    const wordCount = begins.length - 1
    let field = 0
    for (let at = 0; at < wordCount; at++) {
      const end = begins[at + 1] as number
      const word = vectors[offset + at] as number
      for (; field < end; field++) {
        values[slots[field] as number] = ((word >>> (shifts[field] as number)) & (masks[field] as number)) + (lowest[field] as number)
      }
    }
  }
}
