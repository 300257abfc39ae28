/** Sizes of a scenario. They are data in every report: "2 threads" is never folklore. */
export interface Bounds {
  /** OS threads that act in the client, beside a main thread that only sets things up. */
  readonly threads: number
  /** Interpreters, the main one counted. */
  readonly interpreters: number
  /** How often each loop of a client goes round. */
  readonly rounds: number
}

/** Largest values we accept: above, a search cannot end and a model cannot be built. */
export const largestBounds: Bounds = { threads: 6, interpreters: 4, rounds: 8 }

export function describeBounds(bounds: Bounds): string {
  const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
  return `${plural(bounds.threads, 'thread')}, ${plural(bounds.interpreters, 'interpreter')}, ${plural(bounds.rounds, 'round')}`
}
