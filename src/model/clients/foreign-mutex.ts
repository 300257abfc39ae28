import type { OsThread } from '../cpython/vocabulary.ts'
import type { Place } from '../language/builder.ts'
import { assign, isNone, none } from '../language/builder.ts'
import type { ClientThread } from './client-thread.ts'
import type { Stage } from './stage.ts'

/** A mutex of the program's or of a library it uses. CPython knows nothing of it, and who ends or sleeps while holding it holds it for ever. */
export interface ForeignMutex {
  readonly name: string
  readonly holder: Place<OsThread>
}

/** Place name of a thread that stands in `lock`. */
export const waitsForAMutex = 'waits for a mutex of the program'

/** The mutex of this name: the same one for all threads. */
export function foreignMutex(stage: Stage, name: string): ForeignMutex {
  return { name, holder: stage.shared(`${name} is held by`, stage.runtime.vocabulary.osThreadOrNone) }
}

/** Waits until the mutex is free and takes it, in one step. A thread that holds it already waits for itself. */
export function lock({ caller }: ClientThread, { name, holder }: ForeignMutex): void {
  caller.program.step(`locks ${name}`, undefined, {
    place: waitsForAMutex,
    waitsFor: isNone(holder, caller.runtime.vocabulary.osThreadOrNone),
    assign: [assign(holder, caller.thread)],
  })
}

export function unlock(thread: ClientThread, { name, holder }: ForeignMutex): void {
  thread.set(holder, none(thread.caller.runtime.vocabulary.osThreadOrNone), `unlocks ${name}`)
}

/** Does something with the mutex locked. */
export function whileLocked(thread: ClientThread, mutex: ForeignMutex, body: () => void): void {
  lock(thread, mutex)
  body()
  unlock(thread, mutex)
}
