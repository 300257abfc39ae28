import type { Place, Term } from '../language/builder.ts'
import type { RuntimeState } from './runtime-state.ts'
import type { OsThread, ThreadState } from './vocabulary.ts'

/** What of a caller matters here. */
interface Asking {
  readonly runtime: RuntimeState
  readonly thread: Term<OsThread>
}

/** What the calling thread sees as the current thread state: up to 3.11 the one of the process, whoever holds the GIL. */
export function currentFor({ runtime, thread }: Asking): Place<ThreadState> {
  return runtime.policy.currentThreadState === 'of-the-process' ? runtime.current.at() : runtime.currentOf.at(thread)
}
