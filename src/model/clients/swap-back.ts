import type { ThreadState } from '../cpython/vocabulary.ts'
import type { Place } from '../language/builder.ts'
import { isNone } from '../language/builder.ts'
import type { ClientThread } from './client-thread.ts'

/** `PyThreadState_Swap(old)`, where `old` may be NULL. */
export function swapBack(thread: ClientThread, old: Place<ThreadState>): void {
  thread.when(
    isNone(old, thread.caller.runtime.vocabulary.threadStateOrNone),
    () => void thread.swapNull(),
    () => void thread.swap(old),
  )
}
