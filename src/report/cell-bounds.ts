import type { CellBounds } from './finding.ts'

/** "2 acting threads, 2 interpreters, 1 round". */
export function describeCellBounds({ threads, interpreters, rounds }: CellBounds): string {
  const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
  return `${plural(threads, 'acting thread')} beside the main thread, ${plural(interpreters, 'interpreter')}, ${plural(rounds, 'round')} of each loop`
}

export function sameBounds(one: CellBounds, other: CellBounds): boolean {
  return one.threads === other.threads && one.interpreters === other.interpreters && one.rounds === other.rounds
}

/** "2.2.1", as in replay codes. */
export function boundsCode({ threads, interpreters, rounds }: CellBounds): string {
  return [threads, interpreters, rounds].join('.')
}
