import { indicesOf } from '../../../model/language/state.ts'
import type { Variable } from '../../../model/language/variable.ts'
import { Code, code } from '../code.ts'
import type { IdentityTables } from '../identity-tables.ts'
import { scalarsetAmong } from '../identity-tables.ts'
import type { SlotTable } from '../translate/slots.ts'
import { placedVariable } from '../translate/slots.ts'
import type { Fields } from './fields.ts'
import { constant, load, writeComputed } from './fields.ts'
import { CannotPrint } from './print-form.ts'
import { wordsOf } from './print-identities.ts'

/** Numbers are bytes, and one of them stands for "not numbered". */
const mostIdentities = 100
const unnumbered = 255
/** Cases are nested blocks, and the assembler nests no deeper than some hundreds. */
const mostCases = 150

/** Where the renaming keeps what it works with, in bytes from `$scratch`; the vectors before and while elements move come last. */
const places = Object.freeze({ numbers: 0, order: 256, moved: 512 })

/** Bytes of scratch memory. */
export function scratchBytes(wordCount: number): number {
  return places.moved + wordCount * 4
}

/**
 * The function `$rename`, which does to the vector at `$s` what `createRenaming` says; `IdentityNumbering` and `IdentityPermutation` are its
 * twins in JavaScript. Written out for the identities there are; only the order of members that nothing leads to goes by tables.
 */
export function printRenaming(tables: IdentityTables, slots: SlotTable, fields: Fields): Code {
  if (tables.count > mostIdentities) throw new CannotPrint(`there are ${tables.count} identities`)
  const printer = new RenamingPrinter(tables, slots, fields)
  return Code.lines([
    ...tables.scalarsets.map((_, k) => printer.add(k)),
    printer.follow(),
    printer.isBlank(),
    printer.content(),
    ...tables.scalarsets.map((_, k) => printer.firstOfRest(k)),
    printer.rename(),
  ])
}

const state = code`(local.get $s)`
const scratch = code`(global.get $scratch)`

class RenamingPrinter {
  readonly #tables: IdentityTables
  readonly #slots: SlotTable
  readonly #fields: Fields

  constructor(tables: IdentityTables, slots: SlotTable, fields: Fields) {
    this.#tables = tables
    this.#slots = slots
    this.#fields = fields
  }

  /** Numbers a member of scalarset k, unless it is `none` or has a number. */
  add(k: number): Code {
    const begin = this.#begin(k)
    return code`(global ${numbered(k)} (mut i32) (i32.const 0))
(func ${Code.name(`$add${k}`)} (param $member i32) (local $at i32)
  (if (i32.lt_s (local.get $member) (i32.const 0)) (then (return)))
  (local.set $at (i32.add ${scratch} (i32.add (local.get $member) ${constant(begin)})))
  (if (i32.ne (i32.load8_u (local.get $at)) ${constant(unnumbered)}) (then (return)))
  (i32.store8 (local.get $at) (global.get ${numbered(k)}))
  (global.set ${numbered(k)} (i32.add (global.get ${numbered(k)}) (i32.const 1)))
  (i32.store8 offset=${places.order} (i32.add ${scratch} (global.get $ordered)) (i32.add (local.get $member) ${constant(begin)}))
  (global.set $ordered (i32.add (global.get $ordered) (i32.const 1))))`
  }

  /** Numbers what the elements of an identity refer to. */
  follow(): Code {
    const cases = this.#tables.elementReferences.map((slots) => this.#addReferences(slots))
    return code`(global $ordered (mut i32) (i32.const 0))
(global $followed (mut i32) (i32.const 0))
(func $follow (param $s i32)
  (block $done
    (loop $each
      (br_if $done (i32.eq (global.get $followed) (global.get $ordered)))
      (call $follow_one ${state} (i32.load8_u offset=${places.order} (i32.add ${scratch} (global.get $followed))))
      (global.set $followed (i32.add (global.get $followed) (i32.const 1)))
      (br $each))))
(func $follow_one (param $s i32) (param $identity i32)
  ${this.#byIdentity(cases.map((statements) => Code.join(statements, code` `)))})`
  }

  /** Whether all elements of an identity are initial. */
  isBlank(): Code {
    const tests = this.#tables.elements.map((slots) => {
      const words = wordsOf([...slots], this.#slots.shape.initial, this.#fields)
      const differences = words.map(
        ({ at, mask, initial }) => code`(i32.and (i32.xor ${load(state, at)} ${constant(initial)}) ${constant(mask)})`,
      )
      const different = differences.length === 0 ? constant(0) : differences.reduce((left, right) => code`(i32.or ${left} ${right})`)
      return code`(return (i32.eqz ${different}))`
    })
    return code`(func $is_blank (param $s i32) (param $identity i32) (result i32)
  ${this.#byIdentity(tests)}
  (i32.const 1))`
  }

  /** What the i-th element of an identity says, without the numbers of identities that have no new one yet. */
  content(): Code {
    const { elements, refersTo, count } = this.#tables
    const cases = elements.map((slots, identity) => {
      const contents = [...slots].map((slot) => {
        const value = this.#fields.read(state, slot)
        const k = refersTo[slot] ?? -1
        return k === -1 ? code`(return ${value})` : code`(return (call $told ${value} ${constant(this.#begin(k))} ${constant(identity)}))`
      })
      return jumpTable(contents, code`(local.get $i)`, `$element${identity}_`)
    })
    return code`(func $told (param $value i32) (param $begin i32) (param $owner i32) (result i32) (local $number i32)
  (if (i32.lt_s (local.get $value) (i32.const 0)) (then (return (local.get $value))))
  (local.set $value (i32.add (local.get $value) (local.get $begin)))
  (if (i32.eq (local.get $value) (local.get $owner)) (then (return ${constant(count)})))
  (local.set $number (i32.load8_u (i32.add ${scratch} (local.get $value))))
  (if (i32.eq (local.get $number) ${constant(unnumbered)}) (then (return ${constant(count + 1)})))
  (local.get $number))
(func $content (param $s i32) (param $identity i32) (param $i i32) (result i32)
  ${this.#byIdentity(cases)}
  (i32.const 0))`
  }

  /** The identity of scalarset k that comes first among those without a number that are not blank; -1 if there is none. */
  firstOfRest(k: number): Code {
    const [from, size] = [this.#begin(k), this.#tables.sizes[k] ?? 0]
    const elements = this.#tables.elements[from]?.length ?? 0
    return code`(func ${Code.name(`$first_of_rest${k}`)} (param $s i32) (result i32)
  (local $identity i32) (local $first i32) (local $i i32) (local $difference i32)
  (local.set $first (i32.const -1))
  (local.set $identity ${constant(from)})
  (loop $each
    (block $next
      (br_if $next (i32.ne (i32.load8_u (i32.add ${scratch} (local.get $identity))) ${constant(unnumbered)}))
      (br_if $next (call $is_blank ${state} (local.get $identity)))
      (if (i32.ge_s (local.get $first) (i32.const 0)) (then
        (local.set $i (i32.const 0))
        (block $compared
          (loop $element
            (br_if $next (i32.ge_u (local.get $i) ${constant(elements)}))
            (local.set $difference (i32.sub (call $content ${state} (local.get $identity) (local.get $i))
              (call $content ${state} (local.get $first) (local.get $i))))
            (br_if $compared (i32.lt_s (local.get $difference) (i32.const 0)))
            (br_if $next (local.get $difference))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $element)))))
      (local.set $first (local.get $identity)))
    (local.set $identity (i32.add (local.get $identity) (i32.const 1)))
    (br_if $each (i32.lt_u (local.get $identity) ${constant(from + size)})))
  (local.get $first))`
  }

  rename(): Code {
    const { count, roots, scalarsets } = this.#tables
    const rest = scalarsets.map((_, k) => {
      const [label, first] = [Code.name(`$rest${k}`), Code.name(`$first_of_rest${k}`)]
      return code`(loop ${label}
      (if (i32.ge_s (local.tee $identity (call ${first} ${state})) (i32.const 0)) (then
        (call ${Code.name(`$add${k}`)} (i32.sub (local.get $identity) ${constant(this.#begin(k))}))
        (call $follow ${state})
        (br ${label}))))`
    })
    const remaining = scalarsets.flatMap((_, k) =>
      Array.from({ length: this.#tables.sizes[k] ?? 0 }, (_unused, member) => code`(call ${Code.name(`$add${k}`)} ${constant(member)})`),
    )
    return code`(func $rename (param $s i32) (local $identity i32)
${Code.lines(this.#start(), 2)}
${Code.lines(this.#addReferences(roots), 2)}
  (call $follow ${state})
  (if (i32.lt_u (global.get $ordered) ${constant(count)}) (then
${Code.lines(rest, 4)}
${Code.lines(remaining, 4)}))
  (block $is_new
${Code.lines(this.#leaveIfNew(), 4)}
    (return))
  (call $permute ${state}))
${this.#permute()}`
  }

  /** Distinguished members keep their numbers, no other has one. */
  #start(): readonly Code[] {
    const { count, fixed, begins } = this.#tables
    const numbers = new Uint8Array(Math.ceil(count / 8) * 8).fill(unnumbered)
    const order: number[] = []
    for (let k = 0; k < begins.length; k++) {
      for (let member = 0; member < (fixed[k] ?? 0); member++) {
        numbers[this.#begin(k) + member] = member
        order.push(this.#begin(k) + member)
      }
    }
    const words = new Int32Array(numbers.buffer)
    return [
      ...[...words].map((bytes, i) => code`(i32.store offset=${places.numbers + i * 4} ${scratch} ${constant(bytes)})`),
      ...order.map((identity, i) => code`(i32.store8 offset=${places.order + i} ${scratch} ${constant(identity)})`),
      code`(global.set $ordered ${constant(order.length)})`,
      code`(global.set $followed (i32.const 0))`,
      ...[...fixed].map((members, k) => code`(global.set ${numbered(k)} ${constant(members)})`),
    ]
  }

  #leaveIfNew(): readonly Code[] {
    const { count, begins, scalarsetOf } = this.#tables
    return Array.from({ length: count }, (_, identity) => {
      const member = identity - (begins[scalarsetOf[identity] ?? 0] ?? 0)
      return code`(br_if $is_new (i32.ne (i32.load8_u offset=${identity} ${scratch}) ${constant(member)}))`
    })
  }

  /** References get the new numbers; then elements move to where their owners' new numbers say. */
  #permute(): Code {
    const { references, refersTo, moving } = this.#tables
    const renamed = [...references].map((slot) => {
      const value = this.#fields.read(state, slot)
      const number = code`(i32.load8_u (i32.add ${scratch} (i32.add (local.get $value) ${constant(this.#begin(refersTo[slot] ?? 0))})))`
      const write = this.#fields.write(state, slot, number)
      return code`(if (i32.ge_s (local.tee $value ${value}) (i32.const 0)) (then ${write}))`
    })
    const words = this.#fields.layout.wordCount
    return code`(func $permute (param $s i32) (local $value i32) (local $from i32) (local $target i32) (local $address i32)
${Code.lines(renamed, 2)}
  (local.set $from (i32.add ${scratch} ${constant(places.moved)}))
  (memory.copy (local.get $from) ${state} ${constant(words * 4)})
${Code.lines(
  [...moving].flatMap((slot) => this.#move(slot)),
  2,
)})`
  }

  #move(slot: number): readonly Code[] {
    const field = this.#fields.at(slot)
    if (field === undefined) return []
    const variable = this.#ownerOf(slot)
    const placed = placedVariable(this.#slots, variable.name)
    let fixedPart = placed.firstSlot
    const parts: Code[] = []
    for (const [i, index] of indicesOf(variable.indexedBy, slot - placed.firstSlot).entries()) {
      const dimension = placed.dimensions[i] ?? { first: 0, size: 1, stride: 1 }
      const k = scalarsetAmong(this.#tables.scalarsets, variable.indexedBy[i])
      if (k === -1) fixedPart += (index - dimension.first) * dimension.stride
      else parts.push(code`(i32.mul (i32.load8_u offset=${this.#begin(k) + index} ${scratch}) ${constant(dimension.stride)})`)
    }
    const target = parts.reduce((left, right) => code`(i32.add ${left} ${right})`, constant(fixedPart))
    return writeComputed(state, target, this.#fields.read(code`(local.get $from)`, slot), field)
  }

  #ownerOf(slot: number): Variable {
    const { shape } = this.#slots
    const owner = shape.variables.findLast(({ name }) => (shape.firstSlot.get(name) ?? 0) <= slot)
    if (owner === undefined) throw new CannotPrint(`slot ${slot} belongs to no variable`)
    return owner
  }

  #addReferences(slots: Int32Array): Code[] {
    return [...slots].map((slot) => {
      const k = this.#tables.refersTo[slot] ?? 0
      return code`(call ${Code.name(`$add${k}`)} ${this.#fields.read(state, slot)})`
    })
  }

  #byIdentity(cases: readonly Code[]): Code {
    return jumpTable(cases, code`(local.get $identity)`, '$identity')
  }

  #begin(k: number): number {
    return this.#tables.begins[k] ?? 0
  }
}

/** Carries out the case with this number, from 0. */
function jumpTable(cases: readonly Code[], chosen: Code, prefix: string): Code {
  if (cases.length > mostCases) throw new CannotPrint(`a member of a scalarset has ${cases.length} elements`)
  const labels = cases.map((_, i) => Code.name(`${prefix}${i}`))
  const done = Code.name(`${prefix}done`)
  const table = code`(br_table ${Code.join([...labels, done], code` `)} ${chosen})`
  const nested = cases.reduce((inner, statements, i) => {
    return code`(block ${labels[i] ?? done} ${inner}) ${statements} (br ${done})`
  }, table)
  return code`(block ${done} ${nested})`
}

function numbered(k: number): Code {
  return Code.name(`$numbered${k}`)
}
