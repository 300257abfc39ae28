import { InternalError } from '../../foundation/diagnostic.ts'

/** What the threads do between two waits for each other; `leave` ends a helper. */
export const step = Object.freeze({ propose: 1, resolve: 2, commit: 3, rebuild: 4, leave: 5 })
export type Step = (typeof step)[keyof typeof step]

/** Single numbers. What the first thread says before a step is read by the others after it began. */
const field = Object.freeze({
  /** Counts the steps begun; `kind` says which one this is. */
  begun: 0,
  kind: 1,
  /** Threads that are done with it, and the next part that nobody has taken. */
  done: 2,
  nextPart: 3,
  parts: 4,
  first: 5,
  last: 6,
  size: 7,
  known: 8,
  /** Not 0 if the round has to be done by one thread. */
  hasFailed: 9,
  table: 10,
  tableEnd: 11,
  slots: 12,
  indexMask: 13,
  stops: 14,
  deadlock: 15,
})
export type ControlField = keyof typeof field
const fieldCount = 16

/** Looks at a number before going to sleep until it changes, and milliseconds of sleep after which a thread counts as dead. */
const looks = 400_000
const patience = 120_000

/** Numbers in shared memory by which the threads of a search agree: single ones, some per part, and some per thread. */
export class RoundControl {
  readonly threads: number
  readonly mostParts: number
  readonly #numbers: Int32Array

  constructor(buffer: SharedArrayBuffer, threads: number, mostParts: number) {
    this.threads = threads
    this.mostParts = mostParts
    this.#numbers = new Int32Array(buffer)
  }

  static create(threads: number, mostParts: number): { readonly control: RoundControl; readonly buffer: SharedArrayBuffer } {
    const buffer = new SharedArrayBuffer(4 * (fieldCount + 2 * mostParts + threads * (3 + mostParts)))
    return { control: new RoundControl(buffer, threads, mostParts), buffer }
  }

  get(name: ControlField): number {
    return Atomics.load(this.#numbers, field[name])
  }

  set(name: ControlField, value: number): void {
    Atomics.store(this.#numbers, field[name], value)
  }

  /** Takes the next part of the round, or says that none is left. */
  takePart(): number | undefined {
    const part = Atomics.add(this.#numbers, field.nextPart, 1)
    return part < this.get('parts') ? part : undefined
  }

  /** Per part: how many states were proposed, and the index that the first new one gets. */
  proposed(part: number): number {
    return this.#numbers[fieldCount + part] as number
  }

  setProposed(part: number, count: number): void {
    this.#numbers[fieldCount + part] = count
  }

  index(part: number): number {
    return this.#numbers[fieldCount + this.mostParts + part] as number
  }

  setIndex(part: number, index: number): void {
    this.#numbers[fieldCount + this.mostParts + part] = index
  }

  /** Per thread: transitions and premises seen in this round, findings logged, and new states in each part. */
  report(thread: number, seen: { readonly transitions: number; readonly premises: number; readonly logged: number }): void {
    const at = this.#ofThread(thread)
    this.#numbers[at] = seen.transitions
    this.#numbers[at + 1] = seen.premises
    this.#numbers[at + 2] = seen.logged
  }

  reported(thread: number): { readonly transitions: number; readonly premises: number; readonly logged: number } {
    const at = this.#ofThread(thread)
    const [transitions = 0, premises = 0, logged = 0] = this.#numbers.subarray(at, at + 3)
    return { transitions, premises, logged }
  }

  setFresh(thread: number, part: number, count: number): void {
    this.#numbers[this.#ofThread(thread) + 3 + part] = count
  }

  fresh(part: number): number {
    let count = 0
    for (let thread = 0; thread < this.threads; thread++) count += this.#numbers[this.#ofThread(thread) + 3 + part] as number
    return count
  }

  /** Lets the helpers begin a step. */
  begin(kind: Step): void {
    this.set('kind', kind)
    this.set('done', 0)
    this.set('nextPart', 0)
    Atomics.add(this.#numbers, field.begun, 1)
    Atomics.notify(this.#numbers, field.begun)
  }

  /** Waits for the step after those begun so far. */
  awaitBegin(begun: number): Step {
    this.#awaitChange(field.begun, begun, Number.POSITIVE_INFINITY)
    return this.get('kind') as Step
  }

  get begun(): number {
    return this.get('begun')
  }

  finish(): void {
    Atomics.add(this.#numbers, field.done, 1)
    Atomics.notify(this.#numbers, field.done)
  }

  /** Waits until so many helpers are done with the step. */
  awaitDone(helpers: number): void {
    for (let done = this.get('done'); done < helpers; done = this.get('done')) this.#awaitChange(field.done, done, patience)
  }

  /** Looks for a while, as a change is mostly near and to sleep and wake takes longer; then sleeps. */
  #awaitChange(at: number, from: number, milliseconds: number): void {
    for (let i = 0; i < looks; i++) if (Atomics.load(this.#numbers, at) !== from) return
    if (Atomics.wait(this.#numbers, at, from, milliseconds) === 'timed-out') {
      throw new InternalError('MC901', 'a thread of the search does not answer')
    }
  }

  #ofThread(thread: number): number {
    return fieldCount + 2 * this.mostParts + thread * (3 + this.mostParts)
  }
}
