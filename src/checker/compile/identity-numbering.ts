import type { IdentityTables } from './identity-tables.ts'

const unnumbered = -1

/** Finds new numbers for the members of scalarsets; `createRenaming` says in which order. */
export class IdentityNumbering {
  /** Per identity, its new number as a member of its scalarset. */
  readonly numberOf: Int32Array
  readonly #tables: IdentityTables
  readonly #initial: Int32Array
  /** Members numbered so far, per scalarset. */
  readonly #numbered: Int32Array
  /** Identities in the order they were numbered, how many there are, and how many had their references followed. */
  readonly #order: Int32Array
  #count = 0
  #followed = 0
  /** 1 for identities that were not reached and whose elements are initial. */
  readonly #isBlank: Uint8Array

  constructor(tables: IdentityTables, initial: Int32Array) {
    this.#tables = tables
    this.#initial = initial
    this.numberOf = new Int32Array(tables.count)
    this.#order = new Int32Array(tables.count)
    this.#isBlank = new Uint8Array(tables.count)
    this.#numbered = new Int32Array(tables.scalarsets.length)
  }

  /** Fills `numberOf` for the state whose values begin at `begin`. Returns whether any number is new. */
  number(values: Int32Array, begin: number): boolean {
    const { roots, count } = this.#tables
    this.numberOf.fill(unnumbered)
    this.#numbered.fill(0)
    this.#count = 0
    this.#followed = 0
    this.#numberDistinguished()
    this.#numberReferences(roots, values, begin)
    this.#follow(values, begin)
    if (this.#count < count) this.#numberRest(values, begin)
    return this.#isAnyNew()
  }

  #add(identity: number): void {
    const scalarset = this.#tables.scalarsetOf[identity] as number
    const number = this.#numbered[scalarset] as number
    this.numberOf[identity] = number
    this.#numbered[scalarset] = number + 1
    this.#order[this.#count] = identity
    this.#count++
  }

  #numberDistinguished(): void {
    const { begins, fixed } = this.#tables
    for (let k = 0; k < begins.length; k++) {
      for (let member = 0; member < (fixed[k] as number); member++) this.#add((begins[k] as number) + member)
    }
  }

  #numberReferences(slots: Int32Array, values: Int32Array, begin: number): void {
    const { refersTo, begins } = this.#tables
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] as number
      const member = values[begin + slot] as number
      if (member < 0) continue
      const identity = (begins[refersTo[slot] as number] as number) + member
      if (this.numberOf[identity] === unnumbered) this.#add(identity)
    }
  }

  /** Numbers what elements of numbered identities refer to, in order of numbering. */
  #follow(values: Int32Array, begin: number): void {
    for (; this.#followed < this.#count; this.#followed++) {
      const slots = this.#tables.elementReferences[this.#order[this.#followed] as number]
      if (slots !== undefined) this.#numberReferences(slots, values, begin)
    }
  }

  /** Numbers what no root leads to; identities whose elements are initial come last, and are not worth comparing. */
  #numberRest(values: Int32Array, begin: number): void {
    const { scalarsets, count } = this.#tables
    for (let identity = 0; identity < count; identity++) {
      this.#isBlank[identity] = this.#isInitial(identity, values, begin) ? 1 : 0
    }
    for (let k = 0; k < scalarsets.length; k++) {
      let first = this.#firstOfRest(k, values, begin)
      while (first !== unnumbered) {
        this.#add(first)
        this.#follow(values, begin)
        first = this.#firstOfRest(k, values, begin)
      }
    }
    for (let identity = 0; identity < count; identity++) {
      if (this.numberOf[identity] === unnumbered) this.#add(identity)
    }
  }

  #firstOfRest(scalarset: number, values: Int32Array, begin: number): number {
    const from = this.#tables.begins[scalarset] as number
    const to = from + (this.#tables.sizes[scalarset] as number)
    let first = unnumbered
    for (let identity = from; identity < to; identity++) {
      if (this.#isBlank[identity] === 1 || this.numberOf[identity] !== unnumbered) continue
      if (first === unnumbered || this.#compare(identity, first, values, begin) < 0) first = identity
    }
    return first
  }

  /** Negative if `left` comes before `right`, both of one scalarset. */
  #compare(left: number, right: number, values: Int32Array, begin: number): number {
    const slots = this.#tables.elements[left] as Int32Array
    const others = this.#tables.elements[right] as Int32Array
    for (let i = 0; i < slots.length; i++) {
      const content = this.#contentAt(left, slots[i] as number, values, begin)
      const difference = content - this.#contentAt(right, others[i] as number, values, begin)
      if (difference !== 0) return difference
    }
    return 0
  }

  /** What an element of an identity says, without the numbers of identities that have no new one yet. */
  #contentAt(owner: number, slot: number, values: Int32Array, begin: number): number {
    const { refersTo, begins, count } = this.#tables
    const value = values[begin + slot] as number
    const scalarset = refersTo[slot] as number
    if (scalarset === -1 || value < 0) return value
    const identity = (begins[scalarset] as number) + value
    if (identity === owner) return count
    const number = this.numberOf[identity] as number
    return number === unnumbered ? count + 1 : number
  }

  #isInitial(identity: number, values: Int32Array, begin: number): boolean {
    if (this.numberOf[identity] !== unnumbered) return false
    const slots = this.#tables.elements[identity] as Int32Array
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] as number
      if (values[begin + slot] !== this.#initial[slot]) return false
    }
    return true
  }

  #isAnyNew(): boolean {
    const { begins, scalarsetOf, count } = this.#tables
    for (let identity = 0; identity < count; identity++) {
      const member = identity - (begins[scalarsetOf[identity] as number] as number)
      if (this.numberOf[identity] !== member) return true
    }
    return false
  }
}
