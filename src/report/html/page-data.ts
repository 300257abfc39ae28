/** What the page's script draws: plain data, embedded as JSON. Everything in it is text to be shown as text. */
export interface PageData {
  readonly replayCode: string
  /** In the order of their colours. */
  readonly threads: readonly string[]
  readonly lanes: readonly Lane[]
  readonly cards: readonly Card[]
  /** All values that fields of cards have. */
  readonly values: readonly string[]
  /** All fillings of the lanes that occur; many steps have the same. */
  readonly bandings: readonly Banding[]
  /** The first is the state before any step; then one for each step. */
  readonly moments: readonly Moment[]
}

export interface Lane {
  readonly kind: 'thread' | 'lock' | 'interpreter'
  readonly name: string
}

/** What the chart shows at one step. */
export interface Moment {
  /** Position of the thread that acts, which is its lane too; -1 before the first step. */
  readonly thread: number
  /** Position in `bandings` of what fills the lanes after the step. */
  readonly banding: number
  /** From the acting thread's lane to others: what it took there or, where it `gives`, gave up. */
  readonly arrows: readonly Arrow[]
}

/** For each lane the threads that fill it: holders of a lock, threads attached to an interpreter. */
export type Banding = readonly (readonly number[])[]

export type Arrow = readonly [to: number, gives: boolean]

/** A thread, an interpreter, a thread state or the process, and what is known of it. */
export interface Card {
  readonly title: string
  readonly kind: 'thread' | 'interpreter' | 'thread state' | 'process'
  readonly fields: readonly Field[]
}

export interface Field {
  readonly label: string
  /** What it is in C. */
  readonly means: string
  /** Its values, as positions in `values`, each with the moment since when; the first since moment 0. */
  readonly history: readonly (readonly [since: number, value: number])[]
}
