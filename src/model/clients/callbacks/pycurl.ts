import type { ThreadState } from '../../cpython/vocabulary.ts'
import type { Place, Term } from '../../language/builder.ts'
import { not } from '../../language/builder.ts'
import type { Client } from '../client.ts'
import type { ClientThread } from '../client-thread.ts'
import { finalizeWithABlockingFinalizer } from '../finalizing-stage.ts'
import { onDaemon } from '../first-thread.ts'
import { foreignEvent, tell, waitFor } from '../foreign-event.ts'
import { foreignMutex, whileLocked } from '../foreign-mutex.ts'

const wrapper =
  'pycurl (src/threadsupport.c) parks the thread state that PyEval_SaveThread returned in the handle of the transfer; a callback restores it and saves it again. It needs no GILState slot.'

/** A callback that attaches what the handle holds. */
function parkedCallback(thread: ClientThread, parked: Place<ThreadState>, home: Parameters<ClientThread['python']>[0]): void {
  thread.restoreThread(parked)
  thread.python(home)
  thread.saveThread()
}

export const pycurlParksItsThreadState: Client = {
  name: 'pycurl-parks-its-thread-state',
  title: 'same-thread callback with the thread state parked in a handle',
  says: `${wrapper} The thread was started by Python code of the interpreter the callback belongs to.`,
  story: 'A callback attaches the thread state that the transfer parked.',
  kind: 'unmodified',
  write: (stage) => {
    stage.startHomeThreads((thread, home) => {
      thread.repeat(stage.bounds.rounds, () => {
        const parked = thread.saveThread()
        parkedCallback(thread, parked, home)
        thread.restoreThread(parked)
        thread.python(home)
      })
    })
  },
}

export const pycurlMixesParkedAndGilstate: Client = {
  name: 'pycurl-mixes-parked-and-gilstate',
  title: 'parked thread state and GILState calls in one transfer',
  says: `${wrapper} The callbacks of multipart uploads (src/mime.c) have no single handle and use PyGILState_Ensure and PyGILState_Release, in the same transfer on the same thread.`,
  story: 'A transfer calls back with its parked thread state, and then with PyGILState_Ensure.',
  kind: 'unmodified',
  write: (stage) => {
    stage.startHomeThreads((thread, home) => {
      thread.repeat(stage.bounds.rounds, () => {
        const parked = thread.saveThread()
        parkedCallback(thread, parked, home)
        thread.callback(home)
        thread.restoreThread(parked)
      })
    })
  },
}

export const pycurlCallsBackFromItsHelper: Client = {
  name: 'pycurl-calls-back-from-a-helper-thread',
  title: 'parked thread state attached by a helper thread of the library',
  says: `${wrapper} Should libcurl call back from a thread of its own, as it may for name resolution, a thread state of one OS thread is attached on another.`,
  story: 'A helper thread attaches the thread state that the transfer parked, while its owner waits.',
  kind: 'wrong',
  write: (stage) => {
    const { main, threads } = stage
    const [owner, helper] = threads
    if (owner === undefined) return
    const home = stage.homeOf(0)
    const handle: Place<ThreadState> = stage.shared('thread state in the handle', stage.runtime.vocabulary.threadStateOrNone)
    const begins = foreignEvent(stage, 'the transfer begins')
    const isOver = foreignEvent(stage, 'the transfer is over')
    stage.setUp(() => main.startThread(home, stage.bootOf(owner)))
    owner.asStartedThread(stage.bootOf(owner), () => {
      const parked: Term<ThreadState> = owner.saveThread()
      owner.set(handle, parked, 'parks its thread state in the handle')
      if (helper !== undefined) {
        tell(owner, begins)
        waitFor(owner, isOver)
      }
      owner.restoreThread(handle)
      owner.python(home)
    })
    if (helper === undefined) return
    waitFor(helper, begins)
    parkedCallback(helper, handle, home)
    helper.callback(home)
    tell(helper, isOver)
  },
}

export const pycurlAsksWhetherItFinalizes: Client = {
  name: 'pycurl-asks-whether-it-finalizes',
  title: 'parked thread state, asked whether the runtime finalizes before it is attached',
  says: `${wrapper} A callback does nothing when Py_IsFinalizing says so; the answer may be out of date when the thread state is attached. The transfer holds a lock of libcurl, which a finalizer of the main interpreter wants as well, without the GIL.`,
  story: 'Finalization begins between the question and the attaching, and the late thread keeps a lock.',
  kind: 'unmodified',
  finalizes: true,
  write: (stage) => {
    const { main, mainInterpreter } = stage
    const share = foreignMutex(stage, 'the lock of libcurl')
    onDaemon(stage, (thread) => {
      const parked = thread.saveThread()
      whileLocked(thread, share, () => {
        thread.when(not(thread.isFinalizing()), () => parkedCallback(thread, parked, mainInterpreter))
      })
      thread.restoreThread(parked)
    })
    finalizeWithABlockingFinalizer(stage, () => whileLocked(main, share, () => undefined))
  },
}
