import { equal, integer, not } from '../../language/builder.ts'
import { range } from '../../language/domain.ts'
import type { Client } from '../client.ts'
import type { ClientThread } from '../client-thread.ts'
import { finalizeWithABlockingFinalizer, withoutTheGil } from '../finalizing-stage.ts'
import { onFirstThread } from '../first-thread.ts'

const attach =
  'Python::attach of PyO3 (src/internal/state.rs) counts in a thread-local of its own how often the thread is attached, and takes the GIL with PyGILState_Ensure only when it counts none.'

export const pyo3TrustsItsCount: Client = {
  name: 'pyo3-trusts-its-count',
  title: 'count of attachments that does not know that the GIL was let go',
  says: `${attach} C code between two frames of Rust lets the GIL go and calls back into Rust, which the count does not see (PyO3 issue 1683).`,
  story: 'A callback into Rust believes that it is attached, and is not.',
  kind: 'wrong',
  write: (stage) => {
    stage.letGo()
    stage.eachThread((thread) => {
      attachOnce(thread, 1, () => {
        thread.python(stage.mainInterpreter)
        withoutTheGil(thread, () => attachOnce(thread, 2, () => thread.python(stage.mainInterpreter)))
      })
    })
  },
}

export const pyo3Detaches: Client = {
  name: 'pyo3-detaches-with-its-own-call',
  title: 'count of attachments that is put aside while the GIL is let go',
  says: `${attach} Python::detach sets the count to none while the GIL is let go, and back before it is taken again; callbacks in between attach anew.`,
  story: 'A callback comes while the thread is detached, and takes the GIL again.',
  kind: 'unmodified',
  write: (stage) => {
    stage.letGo()
    stage.eachThread((thread) => {
      const count = countOf(thread)
      thread.repeat(stage.bounds.rounds, () => {
        attachOnce(thread, 1, () => {
          thread.python(stage.mainInterpreter)
          thread.set(count, integer(0))
          const saved = thread.saveThread()
          attachOnce(thread, 2, () => thread.python(stage.mainInterpreter))
          thread.set(count, integer(1))
          thread.restoreThread(saved)
          thread.python(stage.mainInterpreter)
        })
      })
    })
  },
}

export const pyo3AsksWhetherItFinalizes: Client = {
  name: 'pyo3-asks-whether-it-finalizes',
  title: 'Ensure, unless Py_IsFinalizing says so',
  says: `PyO3 (src/internal/state.rs) and the Datadog agent (rtloader, whose Ensure answers with a third state) attach a foreign thread with PyGILState_Ensure unless Py_IsFinalizing. The runtime may begin to finalize in between, and lets the GIL go in a finalizer.`,
  story: 'Finalization begins between the question and PyGILState_Ensure.',
  kind: 'unmodified',
  finalizes: true,
  write: (stage) => {
    onFirstThread(stage, (thread) => {
      thread.repeat(stage.bounds.rounds, () => {
        thread.when(not(thread.isFinalizing()), () => void thread.callback(stage.mainInterpreter))
      })
    })
    finalizeWithABlockingFinalizer(stage)
  },
}

function countOf(thread: ClientThread) {
  return thread.local('attach count of PyO3', range(0, 2))
}

/** `Python::attach`; `level` tells nested ones apart. */
function attachOnce(thread: ClientThread, level: 1 | 2, body: () => void): void {
  const count = countOf(thread)
  thread.when(
    equal(count, integer(0)),
    () => {
      const state = thread.ensure()
      thread.set(count, integer(1))
      body()
      thread.set(count, integer(0))
      thread.release(state)
    },
    () => {
      // The outermost one always attaches.
      if (level === 1) return
      body()
    },
  )
}
