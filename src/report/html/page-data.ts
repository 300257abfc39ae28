/** What the page's script draws: plain data, embedded as JSON. Everything in it is text to be shown as text. */
export interface PageData {
  readonly replayCode: string
  /** In the order of their colours. */
  readonly threads: readonly string[]
  readonly lanes: readonly Lane[]
  readonly cards: readonly Card[]
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
  /** For each lane the threads that fill it after the step: holders of a lock, threads attached to an interpreter. */
  readonly bands: readonly (readonly number[])[]
  readonly arrows: readonly Arrow[]
}

/** From the acting thread's lane to another: what it took there or gave up. */
export interface Arrow {
  readonly to: number
  readonly gives: boolean
}

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
  /** Its values, each with the moment since when; the first since moment 0. */
  readonly history: readonly (readonly [since: number, value: string])[]
}
