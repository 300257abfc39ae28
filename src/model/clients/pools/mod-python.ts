import type { ThreadState } from '../../cpython/vocabulary.ts'
import type { Place } from '../../language/builder.ts'
import { isNone, none } from '../../language/builder.ts'
import type { Client } from '../client.ts'
import type { ClientThread } from '../client-thread.ts'
import { withoutTheGil } from '../finalizing-stage.ts'

export const modPythonPoolMigrates: Client = {
  name: 'mod-python-pools-thread-states',
  title: 'pool of thread states that any worker takes from',
  says: "A worker of mod_python (src/mod_python.c) attaches the one global_tstate that all workers share, takes a thread state of the interpreter it serves from that interpreter's pool, or makes one, swaps it in, runs, puts it back and lets the GIL go. A thread state so serves several OS threads in turn; the request calls back on the same thread.",
  story: 'A worker runs with a thread state that another worker made.',
  kind: 'wrong',
  threadStates: ({ threads, interpreters }) => threads * 3 + interpreters,
  write: (stage) => {
    const { runtime } = stage
    const { threadStateOrNone } = runtime.vocabulary
    const slots = stage.threads.map((_, i) => stage.shared(`pooled thread state ${i + 1}`, threadStateOrNone))
    stage.setUp()
    stage.eachThread((thread) => {
      thread.repeat(stage.bounds.rounds, () => {
        const own = thread.local('own thread state', threadStateOrNone)
        thread.acquireThread(runtime.mainThreadState)
        takeFrom(thread, slots, own)
        thread.when(isNone(own, threadStateOrNone), () => thread.set(own, thread.newThreadState(stage.homeOf(0))))
        thread.swap(own)
        thread.python(stage.homeOf(0))
        withoutTheGil(thread, () => void thread.callback(stage.homeOf(0)))
        putInto(thread, slots, own)
        thread.releaseThread(own)
      })
    })
  },
}

/** Under the GIL, as in the program: the last thread state that was put in. */
function takeFrom(thread: ClientThread, slots: readonly Place<ThreadState>[], own: Place<ThreadState>): void {
  const { threadStateOrNone } = thread.caller.runtime.vocabulary
  const [slot, ...rest] = slots
  if (slot === undefined) return
  thread.when(
    isNone(slot, threadStateOrNone),
    () => takeFrom(thread, rest, own),
    () => {
      thread.set(own, slot, 'takes a thread state from the pool')
      thread.set(slot, none(threadStateOrNone))
    },
  )
}

function putInto(thread: ClientThread, slots: readonly Place<ThreadState>[], own: Place<ThreadState>): void {
  const [slot, ...rest] = slots
  if (slot === undefined) return
  thread.when(
    isNone(slot, thread.caller.runtime.vocabulary.threadStateOrNone),
    () => thread.set(slot, own, 'puts its thread state into the pool'),
    () => putInto(thread, rest, own),
  )
}
