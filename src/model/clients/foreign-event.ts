import type { Place } from '../language/builder.ts'
import { truth } from '../language/builder.ts'
import { boolean } from '../language/domain.ts'
import type { ClientThread } from './client-thread.ts'
import type { Stage } from './stage.ts'

/** Something that threads of the program wait for without CPython: a condition variable, a join, the end of a transfer. Happens once. */
export interface ForeignEvent {
  /** A sentence: "the transfer is over". */
  readonly says: string
  readonly hasHappened: Place<'boolean'>
}

/** The event that this sentence tells: the same one for all threads. */
export function foreignEvent(stage: Stage, says: string): ForeignEvent {
  return { says, hasHappened: stage.shared(says, boolean) }
}

export function tell(thread: ClientThread, { says, hasHappened }: ForeignEvent): void {
  thread.set(hasHappened, truth, says)
}

export function waitFor(thread: ClientThread, { says, hasHappened }: ForeignEvent): void {
  thread.waitUntil(hasHappened, `has waited: ${says}`)
}
