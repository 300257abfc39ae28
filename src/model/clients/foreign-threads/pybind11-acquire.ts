import type { Interpreter, ThreadState } from '../../cpython/vocabulary.ts'
import type { Place, Term } from '../../language/builder.ts'
import { assign, equal, falsehood, integer, isNone, none, not, truth } from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import type { ClientThread } from '../client-thread.ts'
import { countBy, counterOf, setCounter } from '../own-counter.ts'

/** The thread state in pybind11's own key. */
export function pybind11Key(thread: ClientThread): Place<ThreadState> {
  return thread.local('key of pybind11', thread.caller.runtime.vocabulary.threadStateOrNone)
}

/**
 * `gil_scoped_acquire` (include/pybind11/gil.h): the thread state in its own key, else the one in the GILState slot, else a new one in the
 * interpreter that pybind11 was initialized in. Attaches it unless it is current, and counts `gilstate_counter` itself. `level` tells nested
 * ones apart. Returns what its destructor does.
 */
export function pybind11Acquire(thread: ClientThread, stored: Term<Interpreter>, level: number): () => void {
  const { threadStateOrNone } = thread.caller.runtime.vocabulary
  const key = pybind11Key(thread)
  const found = thread.local(`tstate ${level}`, threadStateOrNone)
  const attaches = thread.local(`release ${level}`, boolean)
  thread.set(found, key, 'looks into its own key')
  thread.when(isNone(found, threadStateOrNone), () => thread.set(found, thread.getThisThreadState()))
  thread.when(
    isNone(found, threadStateOrNone),
    () => {
      thread.set(found, thread.newThreadState(stored))
      setCounter(thread, found, 0)
      thread.set(key, found, 'stores it in its own key')
      thread.set(attaches, truth)
    },
    () => thread.set(attaches, not(equal(thread.getUnchecked(), found))),
  )
  thread.when(attaches, () => thread.acquireThread(found))
  countBy(thread, found, 1)
  return () => {
    countBy(thread, found, -1)
    thread.when(equal(counterOf(thread, found), integer(0)), () => {
      thread.clear(found)
      thread.deleteCurrent()
      thread.caller.program.quietly([assign(key, none(threadStateOrNone)), assign(attaches, falsehood)])
    })
    thread.when(attaches, () => void thread.saveThread())
  }
}
