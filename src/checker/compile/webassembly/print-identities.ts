import { elementsOf, isSameScalarset, rootsOf } from '../../../model/language/allocate.ts'
import { highestValue } from '../../../model/language/domain.ts'
import type { Allocation } from '../../../model/language/transition-system.ts'
import { Code, code } from '../code.ts'
import type { Field } from '../layout.ts'
import type { PreparedSystem } from '../prepare-system.ts'
import { translateReusable } from '../translate/identity-effects.ts'
import { constantValue, isConstant } from '../translate/term.ts'
import type { Fields } from './fields.ts'
import { constant, load, maskInPlace } from './fields.ts'
import { CannotPrint, FormPrinter } from './print-form.ts'

/** A set of members is a bit set; the highest bit is where `none` lands. */
const mostMembers = 30

/**
 * `fresh` and the collection of forgotten members, written out for the members there are (`allocate.ts` says what they mean): the functions
 * `$in_useK`, which gives the bit set of the members of allocation K in use in a state, `$freshK` and `$collect`.
 */
export function printIdentities(prepared: PreparedSystem, fields: Fields): Code {
  const { allocations } = prepared.system
  if (allocations.length === 0) return Code.nothing
  const resets = allocations.map((allocation, k) => printResets(allocation, k, prepared, fields))
  return Code.lines([
    ...allocations.map((allocation, k) => printInUse(allocation, k, prepared, fields)),
    ...allocations.map((allocation, k) => printFresh(allocation, k)),
    code`(func $collect (param $s i32) (local $used i32) (local $word i32) (local $changed i32)
  (loop $again
    (local.set $changed (i32.const 0))
${Code.lines(resets, 4)}
    (br_if $again (local.get $changed))))`,
  ])
}

interface Members {
  readonly fixed: number
  readonly size: number
}

function membersOf({ domain }: Allocation): Members {
  const size = highestValue(domain) + 1
  if (size > mostMembers) throw new CannotPrint(`an allocation has ${size} members`)
  return { fixed: domain.kind === 'scalarset' ? domain.distinguished.length : size, size }
}

function printInUse(allocation: Allocation, k: number, { slots }: PreparedSystem, fields: Fields): Code {
  const { shape } = slots
  const { fixed, size } = membersOf(allocation)
  const printer = new FormPrinter(fields, { before: code`(local.get $s)`, after: code`(local.get $s)` })
  const add = (bits: Code): Code => code`(local.set $used (i32.or (local.get $used) ${bits}))`
  const referredBy = (slotsOfReferences: readonly number[]): readonly Code[] =>
    slotsOfReferences.map((slot) => add(code`(i32.shl (i32.const 1) ${fields.read(code`(local.get $s)`, slot)})`))
  const unusable: Code[] = []
  const following: Code[] = []
  for (let member = 0; member < size; member++) {
    if (member >= fixed) {
      const reusable = translateReusable(allocation, slots, constantValue(member))
      if (isConstant(reusable) && reusable.lowest === 1) continue
      unusable.push(add(code`(i32.shl (i32.eqz ${printer.print(reusable.form)}) ${constant(member)})`))
    }
  }
  for (let member = 0; member < size; member++) {
    const references = elementsOf(shape, allocation.domain, member).filter((slot) =>
      isSameScalarset(shape.domains[slot], allocation.domain),
    )
    if (references.length === 0) continue
    following.push(code`(if (i32.and (local.get $used) ${constant(1 << member)}) (then ${Code.join(referredBy(references), code` `)}))`)
  }
  const follow = code`(loop $again
    (local.set $seen (local.get $used))
${Code.lines(following, 4)}
    (br_if $again (i32.ne (local.get $seen) (local.get $used))))`
  const statements = [
    code`(local.set $used ${constant(2 ** fixed - 1)})`,
    ...unusable,
    ...referredBy(rootsOf(shape, allocation.domain)),
    ...(following.length === 0 ? [] : [follow]),
    code`(i32.and (local.get $used) ${constant(2 ** size - 1)})`,
  ]
  return code`(func ${inUse(k)} (param $s i32) (result i32) (local $used i32) (local $seen i32) ${printer.declarations}
${Code.lines(statements, 2)})`
}

function printFresh(allocation: Allocation, k: number): Code {
  const { size } = membersOf(allocation)
  return code`(func ${Code.name(`$fresh${k}`)} (param $s i32) (result i32) (local $member i32)
  (local.set $member (i32.ctz (i32.xor (call ${inUse(k)} (local.get $s)) (i32.const -1))))
  (if (i32.ge_u (local.get $member) ${constant(size)}) (then (unreachable)))
  (local.get $member))`
}

/** Puts the elements of every forgotten member of an allocation back to their initial values, a word at a time. */
function printResets(allocation: Allocation, k: number, { slots }: PreparedSystem, fields: Fields): Code {
  const { fixed, size } = membersOf(allocation)
  const resets: Code[] = []
  for (let member = fixed; member < size; member++) {
    const words = wordsOf(elementsOf(slots.shape, allocation.domain, member), slots.shape.initial, fields)
    if (words.length === 0) continue
    const stores = words.map(({ at, mask, initial }) => {
      const state = code`(local.get $s)`
      const different = code`(i32.and (i32.xor (local.tee $word ${load(state, at)}) ${constant(initial)}) ${constant(mask)})`
      const reset = code`(i32.or (i32.and (local.get $word) ${constant(~mask)}) ${constant(initial)})`
      return code`(if ${different} (then (i32.store offset=${at * 4} ${state} ${reset}) (local.set $changed (i32.const 1))))`
    })
    const isForgotten = code`(i32.eqz (i32.and (local.get $used) ${constant(1 << member)}))`
    resets.push(code`(if ${isForgotten} (then\n${Code.lines(stores, 6)}))`)
  }
  return code`(local.set $used (call ${inUse(k)} (local.get $s)))\n${Code.lines(resets, 4)}`
}

export interface InitialWord {
  readonly at: number
  readonly mask: number
  readonly initial: number
}

/** For each word that has elements at these slots: the bits of these, and what they are initially. */
export function wordsOf(elements: readonly number[], initial: readonly number[], fields: Fields): readonly InitialWord[] {
  const words = new Map<number, InitialWord>()
  const fieldsOf = elements.flatMap((slot) => fields.at(slot) ?? [])
  for (const field of fieldsOf) {
    const known = words.get(field.word) ?? { at: field.word, mask: 0, initial: 0 }
    const raw = rawInPlace(field, initial[field.slot] ?? 0)
    words.set(field.word, { at: field.word, mask: known.mask | maskInPlace(field), initial: known.initial | raw })
  }
  return [...words.values()]
}

function rawInPlace({ lowest, shift }: Field, value: number): number {
  return ((value - lowest) << shift) | 0
}

function inUse(k: number): Code {
  return Code.name(`$in_use${k}`)
}
