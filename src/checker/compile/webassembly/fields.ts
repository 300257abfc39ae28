import { InternalError } from '../../../foundation/diagnostic.ts'
import type { Code } from '../code.ts'
import { code } from '../code.ts'
import type { Field, Layout } from '../layout.ts'
import { maskOf, word } from '../layout.ts'

/** Where the table of locations begins in linear memory, in bytes. */
export const locationsBegin = 16

/** Reads and writes the fields of packed state vectors in linear memory; a state is the address of its vector. */
export class Fields {
  readonly layout: Layout
  readonly #ofSlot = new Map<number, Field>()
  readonly #constants = new Map<number, number>()

  constructor(layout: Layout) {
    this.layout = layout
    for (const field of layout.fields) this.#ofSlot.set(field.slot, field)
    for (const { slot, value } of layout.constants) this.#constants.set(slot, value)
  }

  /** Undefined for a slot that is always the same. */
  at(slot: number): Field | undefined {
    return this.#ofSlot.get(slot)
  }

  constantAt(slot: number): number {
    return this.#constants.get(slot) ?? bug(`slot ${slot} has neither a field nor a value`)
  }

  /** The value at a slot known beforehand. */
  read(state: Code, slot: number): Code {
    const field = this.at(slot)
    return field === undefined ? constant(this.constantAt(slot)) : fromRaw(readRaw(state, field), field.lowest)
  }

  /** Whether the value at a slot known beforehand is this one, without moving it into place. */
  equals(state: Code, slot: number, value: number): Code {
    const field = this.at(slot)
    if (field === undefined) return constant(this.constantAt(slot) === value ? 1 : 0)
    const raw = value - field.lowest
    if (raw < 0 || raw > maskOf(field.bits)) return constant(0)
    const masked = code`(i32.and ${load(state, field.word)} ${constant(maskInPlace(field))})`
    return code`(i32.eq ${masked} ${constant(raw << field.shift)})`
  }

  /** Writes a value at a slot known beforehand; `value` is worked out even if there is nothing to write. */
  write(state: Code, slot: number, value: Code): Code {
    const field = this.at(slot)
    return field === undefined ? code`(drop ${value})` : this.writeWord(state, field.word, state, [{ field, value }])
  }

  /** Writes fields of one word; what else is in the word comes from another state. */
  writeWord(state: Code, at: number, from: Code, parts: readonly { readonly field: Field; readonly value: Code }[]): Code {
    const kept = ~parts.reduce((mask, { field }) => mask | maskInPlace(field), 0)
    const inPlace = parts.map(({ field, value }) => shifted(toRaw(value, field.lowest), field.shift))
    const old = code`(i32.and ${load(from, at)} ${constant(kept)})`
    const whole = kept === 0 ? inPlace : [old, ...inPlace]
    return code`(i32.store offset=${at * 4} ${state} ${whole.reduce((left, right) => code`(i32.or ${left} ${right})`)})`
  }

  /** The table of locations: per slot a 16-bit number, 32 times the word plus the shift. */
  get locations(): Uint16Array {
    const table = new Uint16Array(this.layout.fields.length + this.layout.constants.length)
    for (const { slot, word: at, shift } of this.layout.fields) table[slot] = at * word.bits + shift
    return table
  }

  /** The field that all these slots have, their place aside; undefined if one of them is always the same. */
  common(first: number, count: number): Field | undefined {
    for (let slot = first; slot < first + count; slot++) if (this.at(slot) === undefined) return undefined
    return this.at(first)
  }
}

/** The value at a slot that is worked out, in a variable whose elements have fields like `field`. Uses the local `$location`. */
export function readComputed(state: Code, slot: Code, { bits, lowest }: Field): Code {
  const at = code`(local.tee $location ${locationOf(slot)})`
  const loaded = code`(i32.load ${wordAddress(state, at)})`
  return fromRaw(masked(code`(i32.shr_u ${loaded} (local.get $location))`, bits), lowest)
}

/** Writes at a slot that is worked out. Uses the locals `$target` and `$address`. */
export function writeComputed(state: Code, slot: Code, value: Code, { bits, lowest }: Field): readonly Code[] {
  const hole = code`(i32.xor (i32.shl ${constant(maskOf(bits) | 0)} (local.get $target)) (i32.const -1))`
  return [
    code`(local.set $target ${locationOf(slot)})`,
    code`(local.set $address ${wordAddress(state, code`(local.get $target)`)})`,
    code`(i32.store (local.get $address) (i32.or (i32.and (i32.load (local.get $address)) ${hole})
      (i32.shl ${toRaw(value, lowest)} (local.get $target))))`,
  ]
}

function locationOf(slot: Code): Code {
  return code`(i32.load16_u offset=${locationsBegin} (i32.shl ${slot} (i32.const 1)))`
}

/** Address of the word of a location: 4 times its number divided by 32. */
function wordAddress(state: Code, location: Code): Code {
  return code`(i32.add ${state} (i32.and (i32.shr_u ${location} (i32.const 3)) (i32.const 8188)))`
}

export function constant(value: number): Code {
  if (value !== (value | 0) && value !== value >>> 0) return bug(`${value} has more than 32 bits`)
  return code`(i32.const ${value | 0})`
}

/** A vector of so many words copied, by eight bytes. */
export function copyVector(words: number, to: Code, from: Code): readonly Code[] {
  const copies: Code[] = []
  for (let at = 0; at < words; at += 2) {
    const size = at + 1 < words ? code`i64` : code`i32`
    copies.push(code`(${size}.store offset=${at * 4} ${to} (${size}.load offset=${at * 4} ${from}))`)
  }
  return copies
}

export function load(state: Code, at: number): Code {
  return code`(i32.load offset=${at * 4} ${state})`
}

/** The bits of a field where they stand in their word. */
export function maskInPlace({ shift, bits }: Field): number {
  return (maskOf(bits) << shift) | 0
}

/** The value counted from the lowest of its domain. */
function readRaw(state: Code, { word: at, shift, bits }: Field): Code {
  const loaded = load(state, at)
  const moved = shift === 0 ? loaded : code`(i32.shr_u ${loaded} ${constant(shift)})`
  return shift + bits === word.bits ? moved : masked(moved, bits)
}

function masked(value: Code, bits: number): Code {
  return bits === word.bits ? value : code`(i32.and ${value} ${constant(maskOf(bits))})`
}

function fromRaw(raw: Code, lowest: number): Code {
  return lowest === 0 ? raw : code`(i32.add ${raw} ${constant(lowest)})`
}

function toRaw(value: Code, lowest: number): Code {
  return lowest === 0 ? value : code`(i32.sub ${value} ${constant(lowest)})`
}

function shifted(value: Code, shift: number): Code {
  return shift === 0 ? value : code`(i32.shl ${value} ${constant(shift)})`
}

function bug(what: string): never {
  throw new InternalError('MC901', what)
}
