import { elementsOf, isSameScalarset, rootsOf } from '../../model/language/allocate.ts'
import type { Domain } from '../../model/language/domain.ts'
import { highestValue } from '../../model/language/domain.ts'
import type { StateShape } from '../../model/language/state.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import { fail } from './javascript/runtime.ts'

/** Whether an interchangeable member stands for nothing any more, in the state whose values begin at `begin`. */
export type Reusable = (values: Int32Array, begin: number, member: number) => unknown

/** `fresh` and the collection of forgotten members, by tables: `allocate.ts` and `evaluate.ts` say what they mean. */
export class Identities {
  readonly #members: readonly MembersInUse[]

  /** `reusable` has one predicate per allocation. */
  constructor(system: TransitionSystem, shape: StateShape, reusable: readonly Reusable[]) {
    this.#members = system.allocations.map(({ domain }, i) => new MembersInUse(domain, shape, reusable[i] ?? fail))
  }

  /** The lowest member of an allocation that is not in use; fails when all are. */
  fresh(allocation: number, values: Int32Array, begin: number): number {
    return this.#members[allocation]?.firstForgotten(values, begin) ?? fail()
  }

  /** Resets the elements of every forgotten member of every allocation, until nothing changes. */
  collect(values: Int32Array, begin: number): void {
    let changed = true
    while (changed) {
      changed = false
      for (let i = 0; i < this.#members.length; i++) {
        if (this.#members[i]?.resetForgotten(values, begin)) changed = true
      }
    }
  }
}

class MembersInUse {
  readonly #fixed: number
  readonly #size: number
  readonly #reusable: Reusable
  readonly #initial: Int32Array
  readonly #roots: Int32Array
  /** Per member, its elements, and those of them that are references. */
  readonly #elements: readonly Int32Array[]
  readonly #references: readonly Int32Array[]
  // Scratch: 1 for members in use, and these members in the order they were found.
  readonly #isInUse: Uint8Array
  readonly #found: Int32Array
  #count = 0

  constructor(domain: Domain, shape: StateShape, reusable: Reusable) {
    this.#size = highestValue(domain) + 1
    this.#fixed = domain.kind === 'scalarset' ? domain.distinguished.length : this.#size
    this.#reusable = reusable
    this.#initial = Int32Array.from(shape.initial)
    this.#roots = Int32Array.from(rootsOf(shape, domain))
    const members = Array.from({ length: this.#size }, (_, member) => member)
    this.#elements = members.map((member) => Int32Array.from(elementsOf(shape, domain, member)))
    this.#references = this.#elements.map((slots) => slots.filter((slot) => isSameScalarset(shape.domains[slot], domain)))
    this.#isInUse = new Uint8Array(this.#size)
    this.#found = new Int32Array(this.#size)
  }

  firstForgotten(values: Int32Array, begin: number): number {
    this.#mark(values, begin)
    for (let member = this.#fixed; member < this.#size; member++) if (this.#isInUse[member] === 0) return member
    return fail()
  }

  /** Returns whether anything changed. */
  resetForgotten(values: Int32Array, begin: number): boolean {
    this.#mark(values, begin)
    if (this.#count === this.#size) return false
    let changed = false
    for (let member = this.#fixed; member < this.#size; member++) {
      if (this.#isInUse[member] === 0 && this.#reset(this.#elements[member], values, begin)) changed = true
    }
    return changed
  }

  #reset(slots: Int32Array | undefined, values: Int32Array, begin: number): boolean {
    if (slots === undefined) return false
    let changed = false
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] as number
      if (values[begin + slot] === this.#initial[slot]) continue
      values[begin + slot] = this.#initial[slot] as number
      changed = true
    }
    return changed
  }

  #mark(values: Int32Array, begin: number): void {
    this.#count = 0
    this.#isInUse.fill(0)
    for (let member = 0; member < this.#size; member++) {
      if (member < this.#fixed || !this.#reusable(values, begin, member)) this.#add(member)
    }
    this.#addReferences(this.#roots, values, begin)
    for (let done = 0; done < this.#count && this.#count < this.#size; done++) {
      const slots = this.#references[this.#found[done] as number]
      if (slots !== undefined) this.#addReferences(slots, values, begin)
    }
  }

  #addReferences(slots: Int32Array, values: Int32Array, begin: number): void {
    for (let i = 0; i < slots.length; i++) this.#add(values[begin + (slots[i] as number)] as number)
  }

  #add(member: number): void {
    if (member < 0 || this.#isInUse[member] === 1) return
    this.#isInUse[member] = 1
    this.#found[this.#count] = member
    this.#count++
  }
}
