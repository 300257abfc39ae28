import type { SearchLimits } from './search-limits.ts'
import type { Limit } from './verdict.ts'

export interface Progress {
  readonly distinctStates: number
  readonly transitions: number
  readonly depth: number
  /** States seen and not expanded; 0 in a random walk. */
  readonly frontierSize: number
}

/** The world outside a search. Each part is optional and passed in by the caller: the checker has no clock and no timers. */
export interface Surveillance {
  /** Milliseconds since any fixed moment; needed for a limit on time only. */
  readonly now?: () => number
  /** An AbortSignal; seen after the next pause. */
  readonly signal?: { readonly aborted: boolean }
  /** Waits for the rest of the program, so that it can abort or draw. */
  readonly pause?: () => Promise<void>
  /** Called once per pause. */
  readonly onProgress?: (progress: Progress) => void
}

/** States expanded between two looks at the clock. */
export const statesPerLook = 2 ** 8
const looksPerPause = 2 ** 4

/** Looks after a search: whether its time is up, whether it is aborted, when it should let others run. */
export class SearchWatch {
  readonly #limits: SearchLimits
  readonly #outside: Surveillance
  readonly #started: number
  #looks = 0

  constructor(limits: SearchLimits, outside: Surveillance) {
    this.#limits = limits
    this.#outside = outside
    this.#started = outside.now?.() ?? 0
  }

  /** Takes a break when one is due, then says what ends the search. Call before each `statesPerLook` states. */
  async look(progress: () => Progress): Promise<Limit | undefined> {
    if (this.#looks > 0 && this.#looks % looksPerPause === 0) {
      this.#outside.onProgress?.(progress())
      await this.#outside.pause?.()
    }
    this.#looks++
    if (this.#outside.signal?.aborted === true) return { kind: 'interrupted' }
    const { time } = this.#limits
    if (time !== undefined && (this.#outside.now?.() ?? 0) - this.#started >= time) return { kind: 'time', value: time }
    return undefined
  }
}
