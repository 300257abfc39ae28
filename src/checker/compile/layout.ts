import type { Checked, Diagnostic } from '../../foundation/diagnostic.ts'
import { highestValue, lowestValue } from '../../model/language/domain.ts'
import type { SlotTable } from './translate/slots.ts'

/**
 * Where the values of a state stand in its state vector, in 32-bit words:
 *
 *     bit 31 ........ shift + bits | shift + bits - 1 .. shift | shift - 1 ........ 0
 *             later fields         |   value - lowest          |   earlier fields
 *
 * A field never straddles two words, and unused bits are 0, so equal states have equal vectors.
 */
export interface Layout {
  /** At least 1. */
  readonly wordCount: number
  readonly fields: readonly Field[]
  /** Slots that need no bits, because their value is always the same. */
  readonly constants: readonly { readonly slot: number; readonly value: number }[]
}

export interface Field {
  readonly slot: number
  readonly word: number
  readonly shift: number
  /** From 1 to 32. */
  readonly bits: number
  readonly lowest: number
}

/** Bits per word, and the most words a state vector may have. */
export const word = Object.freeze({ bits: 32, most: 128 })

/** Places each slot in the first word that has room for it, in order of slots. */
export function layOut(slots: SlotTable): Checked<Layout> {
  const fields: Field[] = []
  const constants: { readonly slot: number; readonly value: number }[] = []
  const used: number[] = []
  let isTooWide = false
  for (const [slot, domain] of slots.shape.domains.entries()) {
    const bits = slots.isConstant[slot] ? 0 : bitsFor(highestValue(domain) - lowestValue(domain) + 1)
    if (bits === 0) {
      constants.push({ slot, value: slots.shape.initial[slot] ?? 0 })
      continue
    }
    isTooWide ||= ![lowestValue(domain), highestValue(domain)].every((value) => value === (value | 0))
    const room = used.findIndex((taken) => taken + bits <= word.bits)
    const at = room < 0 ? used.length : room
    fields.push({ slot, word: at, shift: used[at] ?? 0, bits, lowest: lowestValue(domain) })
    used[at] = (used[at] ?? 0) + bits
  }
  if (isTooWide || used.length > word.most) return { ok: false, diagnostics: [tooWide(slots, fields)] }
  return { ok: true, value: { wordCount: Math.max(1, used.length), fields, constants } }
}

function bitsFor(size: number): number {
  return size <= 1 ? 0 : Math.ceil(Math.log2(size))
}

function tooWide({ shape }: SlotTable, fields: readonly Field[]): Diagnostic {
  const total = fields.reduce((sum, field) => sum + field.bits, 0)
  const bitsOfSlot = new Map(fields.map((field) => [field.slot, field.bits]))
  const widths = shape.variables.map(({ name, initial }) => {
    const first = shape.firstSlot.get(name) ?? 0
    const bits = initial.reduce((sum, _, element) => sum + (bitsOfSlot.get(first + element) ?? 0), 0)
    return { name, bits }
  })
  const widest = widths.sort((left, right) => right.bits - left.bits).slice(0, 3)
  return {
    code: 'MC201',
    message: `a state needs ${total} bits, a state vector has ${word.most * word.bits} and a value must fit in ${word.bits}`,
    hint: `The widest variables: ${widest.map(({ name, bits }) => `"${name}" (${bits} bits)`).join(', ')}. Reduce bounds or domains.`,
    place: [],
  }
}

/** Writes the state vector of `values` at word `offset` of `vectors`. */
export function packByLayout(layout: Layout, values: Int32Array, vectors: Int32Array, offset: number): void {
  vectors.fill(0, offset, offset + layout.wordCount)
  for (const { slot, word: at, shift, lowest } of layout.fields) {
    vectors[offset + at] = (vectors[offset + at] ?? 0) | (((values[slot] ?? 0) - lowest) << shift)
  }
}

/** Reads the state vector at word `offset` of `vectors` into `values`. */
export function unpackByLayout(layout: Layout, vectors: Int32Array, offset: number, values: Int32Array): void {
  for (const { slot, value } of layout.constants) values[slot] = value
  for (const { slot, word: at, shift, bits, lowest } of layout.fields) {
    values[slot] = (((vectors[offset + at] ?? 0) >>> shift) & maskOf(bits)) + lowest
  }
}

/** The lowest `bits` bits. */
export function maskOf(bits: number): number {
  return 2 ** bits - 1
}
