import type { CellBounds } from './finding.ts'
import { counted } from './sentence.ts'

/** "2 acting threads, 2 interpreters, 1 round". */
export function describeCellBounds({ threads, interpreters, rounds }: CellBounds): string {
  return `${counted(threads, 'acting thread')} beside the main thread, ${counted(interpreters, 'interpreter')}, ${counted(rounds, 'round')} of each loop`
}

export function sameBounds(one: CellBounds, other: CellBounds): boolean {
  return one.threads === other.threads && one.interpreters === other.interpreters && one.rounds === other.rounds
}

/** "2.2.1", as in replay codes. */
export function boundsCode({ threads, interpreters, rounds }: CellBounds): string {
  return [threads, interpreters, rounds].join('.')
}
