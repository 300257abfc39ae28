import { InternalError } from '../../foundation/diagnostic.ts'

/** What the threads do between two waits for each other: in a round, or to fill the table; `leave` ends a helper. */
export const step = Object.freeze({ propose: 1, commit: 2, clear: 3, enter: 4, leave: 5 })
export type Step = (typeof step)[keyof typeof step]

/** Single numbers. What the first thread says before a step is read by the others after they took a part of it. */
const field = Object.freeze({
  /** Counts the steps begun; `kind` says which one this is. */
  begun: 0,
  kind: 1,
  /** Parts that the step has, and how many of them are done. */
  parts: 2,
  done: 3,
  /** Helpers that wait for the first step. */
  ready: 4,
  first: 5,
  last: 6,
  size: 7,
  known: 8,
  deadlock: 9,
  /** Not 0 if the round has to be done by one thread. */
  hasFailed: 10,
  premises: 11,
  table: 12,
  tableEnd: 13,
  slots: 14,
  indexMask: 15,
})
export type ControlField = keyof typeof field
const fieldCount = 16

/**
 * Numbers of a part. `open` is the step in which it may be taken, 0 once it was. The others are written by the thread that took the part, but for
 * the index, which it is told.
 */
const ofPart = Object.freeze({ open: 0, proposed: 1, transitions: 2, index: 3 })
const numbersPerPart = 4

/** Looks at a number before going to sleep until it changes, and milliseconds of sleep after which a thread counts as dead. */
const looks = 20_000
const patience = 120_000

/**
 * Numbers in shared memory by which the threads of a search agree: single ones, and some for each part.
 *
 * A step is done when its parts are, each by whoever takes it. So nobody waits for a thread that the system gives no time, unless it has taken a
 * part; and one that comes late, to a step that is over, finds no part of it to take.
 */
export class RoundControl {
  readonly mostParts: number
  readonly #numbers: Int32Array

  constructor(buffer: SharedArrayBuffer, mostParts: number) {
    this.mostParts = mostParts
    this.#numbers = new Int32Array(buffer)
  }

  static create(mostParts: number): { readonly control: RoundControl; readonly buffer: SharedArrayBuffer } {
    const buffer = new SharedArrayBuffer(4 * (fieldCount + numbersPerPart * mostParts))
    return { control: new RoundControl(buffer, mostParts), buffer }
  }

  get(name: ControlField): number {
    return Atomics.load(this.#numbers, field[name])
  }

  set(name: ControlField, value: number): void {
    Atomics.store(this.#numbers, field[name], value)
  }

  addPremises(premises: number): void {
    Atomics.or(this.#numbers, field.premises, premises)
  }

  addReady(): void {
    Atomics.add(this.#numbers, field.ready, 1)
  }

  /** Lets all threads begin a step of so many parts. */
  begin(kind: Step, parts: number): number {
    const begun = this.get('begun') + 1
    this.set('kind', kind)
    this.set('parts', parts)
    this.set('done', 0)
    for (let part = 0; part < parts; part++) Atomics.store(this.#numbers, this.#at(part, 'open'), begun)
    this.set('begun', begun)
    Atomics.notify(this.#numbers, field.begun)
    return begun
  }

  /** Waits for a step after this one; gives its number. */
  awaitBegin(begun: number): number {
    this.#awaitChange(field.begun, begun, Number.POSITIVE_INFINITY)
    return this.get('begun')
  }

  /** Whether the part of this step is the caller’s from now on. */
  take(part: number, begun: number): boolean {
    return Atomics.compareExchange(this.#numbers, this.#at(part, 'open'), begun, 0) === begun
  }

  /** To be called for each part taken, after everything that belongs to it. */
  finish(): void {
    Atomics.add(this.#numbers, field.done, 1)
    Atomics.notify(this.#numbers, field.done)
  }

  /** Waits until all parts of the step are done. */
  awaitDone(): void {
    const parts = this.get('parts')
    for (let done = this.get('done'); done < parts; done = this.get('done')) this.#awaitChange(field.done, done, patience)
  }

  /** States proposed for a part. */
  proposed(part: number): number {
    return this.#numbers[this.#at(part, 'proposed')] as number
  }

  /** Transitions in a part. */
  transitions(part: number): number {
    return this.#numbers[this.#at(part, 'transitions')] as number
  }

  tell(part: number, proposed: number, transitions: number): void {
    this.#numbers[this.#at(part, 'proposed')] = proposed
    this.#numbers[this.#at(part, 'transitions')] = transitions
  }

  /** Index of the first new state of a part. */
  index(part: number): number {
    return this.#numbers[this.#at(part, 'index')] as number
  }

  setIndex(part: number, index: number): void {
    this.#numbers[this.#at(part, 'index')] = index
  }

  /** Looks for a while, as a change is mostly near and to sleep and wake takes longer; then sleeps. */
  #awaitChange(at: number, from: number, milliseconds: number): void {
    for (let i = 0; i < looks; i++) if (Atomics.load(this.#numbers, at) !== from) return
    if (Atomics.wait(this.#numbers, at, from, milliseconds) === 'timed-out') {
      throw new InternalError('MC901', 'a thread of the search does not answer')
    }
  }

  #at(part: number, name: keyof typeof ofPart): number {
    return fieldCount + part * numbersPerPart + ofPart[name]
  }
}
