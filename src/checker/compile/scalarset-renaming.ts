import { elementsOf, isSameScalarset, rootsOf } from '../../model/language/allocate.ts'
import type { ScalarsetDomain } from '../../model/language/domain.ts'
import type { StateShape } from '../../model/language/state.ts'
import { elementAt, indicesOf } from '../../model/language/state.ts'

/** More permutations than this are not remembered at once. */
const mostPermutations = 1024
const unnumbered = -1

/** Renumbers the members of one scalarset; `createRenaming` says in which order. */
export class ScalarsetRenaming {
  readonly #domain: ScalarsetDomain
  readonly #shape: StateShape
  /** Distinguished members, which keep their numbers, and all members. */
  readonly #fixed: number
  readonly #size: number
  readonly #initial: Int32Array
  readonly #isReference: Uint8Array
  readonly #references: Int32Array
  readonly #roots: Int32Array
  /** Per member, its elements, and those of them that are references. */
  readonly #elements: readonly Int32Array[]
  readonly #elementReferences: readonly Int32Array[]
  /** Slots of all elements of interchangeable members. */
  readonly #moving: Int32Array
  /** Where each moving element goes, by permutation. */
  readonly #targets = new Map<number, Int32Array>()
  // Scratch: the new number of each member, the members in order of new numbers, whose elements are initial, and the values that move.
  readonly #numberOf: Int32Array
  readonly #memberAt: Int32Array
  readonly #isBlank: Uint8Array
  readonly #moved: Int32Array
  #count = 0
  #followed = 0

  constructor(domain: ScalarsetDomain, shape: StateShape) {
    this.#domain = domain
    this.#shape = shape
    this.#fixed = domain.distinguished.length
    this.#size = this.#fixed + domain.interchangeable
    this.#initial = Int32Array.from(shape.initial)
    this.#isReference = Uint8Array.from(shape.domains, (of) => (isSameScalarset(of, domain) ? 1 : 0))
    const isReference = (slot: number): boolean => this.#isReference[slot] === 1
    this.#references = Int32Array.from([...shape.domains.keys()].filter(isReference))
    this.#roots = Int32Array.from(rootsOf(shape, domain))
    const members = Array.from({ length: this.#size }, (_, member) => member)
    this.#elements = members.map((member) => Int32Array.from(elementsOf(shape, domain, member)))
    this.#elementReferences = this.#elements.map((slots) => slots.filter(isReference))
    const moving = this.#elements.slice(this.#fixed).flatMap((slots) => [...slots])
    this.#moving = Int32Array.from(new Set(moving)).sort()
    this.#numberOf = new Int32Array(this.#size)
    this.#memberAt = new Int32Array(this.#size)
    this.#isBlank = new Uint8Array(this.#size)
    this.#moved = new Int32Array(this.#moving.length)
  }

  rename(values: Int32Array, begin: number): void {
    this.#numberOf.fill(unnumbered)
    this.#count = 0
    this.#followed = 0
    while (this.#count < this.#fixed) this.#number(this.#count)
    this.#numberReferences(this.#roots, values, begin)
    this.#follow(values, begin)
    if (this.#count < this.#size) this.#numberRest(values, begin)
    if (this.#isIdentity()) return
    this.#mapReferences(values, begin)
    this.#moveElements(values, begin)
  }

  #number(member: number): void {
    this.#numberOf[member] = this.#count
    this.#memberAt[this.#count] = member
    this.#count++
  }

  #numberReferences(slots: Int32Array, values: Int32Array, begin: number): void {
    for (let i = 0; i < slots.length; i++) {
      const member = values[begin + (slots[i] as number)] as number
      if (member >= this.#fixed && this.#numberOf[member] === unnumbered) this.#number(member)
    }
  }

  /** Numbers what elements of numbered members refer to, in order of numbers. */
  #follow(values: Int32Array, begin: number): void {
    for (; this.#followed < this.#count; this.#followed++) {
      const slots = this.#elementReferences[this.#memberAt[this.#followed] as number]
      if (slots !== undefined) this.#numberReferences(slots, values, begin)
    }
  }

  /** Numbers the members that no root leads to; those whose elements are initial come last, and are not worth comparing. */
  #numberRest(values: Int32Array, begin: number): void {
    for (let member = this.#fixed; member < this.#size; member++) {
      this.#isBlank[member] = this.#isInitial(member, values, begin) ? 1 : 0
    }
    for (let first = this.#firstOfRest(values, begin); first !== unnumbered; first = this.#firstOfRest(values, begin)) {
      this.#number(first)
      this.#follow(values, begin)
    }
    for (let member = this.#fixed; member < this.#size; member++) {
      if (this.#numberOf[member] === unnumbered) this.#number(member)
    }
  }

  #firstOfRest(values: Int32Array, begin: number): number {
    let first = unnumbered
    for (let member = this.#fixed; member < this.#size; member++) {
      if (this.#isBlank[member] === 1 || this.#numberOf[member] !== unnumbered) continue
      if (first === unnumbered || this.#compare(member, first, values, begin) < 0) first = member
    }
    return first
  }

  /** Negative if `left` comes before `right`. */
  #compare(left: number, right: number, values: Int32Array, begin: number): number {
    const slots = this.#elements[left] as Int32Array
    const others = this.#elements[right] as Int32Array
    for (let i = 0; i < slots.length; i++) {
      const content = this.#contentAt(left, slots[i] as number, values, begin)
      const difference = content - this.#contentAt(right, others[i] as number, values, begin)
      if (difference !== 0) return difference
    }
    return 0
  }

  #isInitial(member: number, values: Int32Array, begin: number): boolean {
    if (this.#numberOf[member] !== unnumbered) return false
    const slots = this.#elements[member] as Int32Array
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] as number
      if (values[begin + slot] !== this.#initial[slot]) return false
    }
    return true
  }

  /** What an element of a member says, without the numbers of members that have no new one yet. */
  #contentAt(member: number, slot: number, values: Int32Array, begin: number): number {
    const value = values[begin + slot] as number
    if (this.#isReference[slot] === 0 || value < this.#fixed) return value
    if (value === member) return this.#size
    const number = this.#numberOf[value] as number
    return number === unnumbered ? this.#size + 1 : number
  }

  #isIdentity(): boolean {
    for (let member = this.#fixed; member < this.#size; member++) {
      if (this.#numberOf[member] !== member) return false
    }
    return true
  }

  #mapReferences(values: Int32Array, begin: number): void {
    for (let i = 0; i < this.#references.length; i++) {
      const slot = begin + (this.#references[i] as number)
      const member = values[slot] as number
      if (member >= this.#fixed) values[slot] = this.#numberOf[member] as number
    }
  }

  #moveElements(values: Int32Array, begin: number): void {
    const targets = this.#currentTargets()
    for (let i = 0; i < this.#moving.length; i++) this.#moved[i] = values[begin + (this.#moving[i] as number)] as number
    for (let i = 0; i < this.#moving.length; i++) values[begin + (targets[i] as number)] = this.#moved[i] as number
  }

  #currentTargets(): Int32Array {
    let permutation = 0
    for (const number of this.#numberOf) permutation = permutation * this.#size + number
    let targets = this.#targets.get(permutation)
    if (targets === undefined || !Number.isSafeInteger(permutation)) {
      targets = this.#moving.map((slot) => this.#targetOf(slot))
      if (this.#targets.size >= mostPermutations) this.#targets.clear()
      this.#targets.set(permutation, targets)
    }
    return targets
  }

  #targetOf(slot: number): number {
    const owner = this.#shape.variables.findLast(({ name }) => (this.#shape.firstSlot.get(name) ?? 0) <= slot)
    const first = this.#shape.firstSlot.get(owner?.name ?? '') ?? 0
    const indexedBy = owner?.indexedBy ?? []
    const renamed = indicesOf(indexedBy, slot - first).map((index, i) =>
      isSameScalarset(indexedBy[i], this.#domain) ? (this.#numberOf[index] ?? index) : index,
    )
    return first + (elementAt(indexedBy, renamed) ?? 0)
  }
}
