import { isNone, not } from '../../language/builder.ts'
import type { Client } from '../client.ts'
import { needsThreadStateEnsure } from '../client.ts'
import { finalizeWithABlockingFinalizer, withoutTheGil } from '../finalizing-stage.ts'
import { onDaemon } from '../first-thread.ts'
import { foreignMutex, lock, unlock, whileLocked } from '../foreign-mutex.ts'

const daemon =
  'A daemon thread lets the GIL go, takes a lock, and takes the GIL back while it holds the lock; a finalizer of the main interpreter wants the same lock, without the GIL.'

export const daemonKeepsALock: Client = {
  name: 'daemon-keeps-a-lock',
  title: 'daemon thread that comes too late for the GIL and keeps a lock',
  says: `${daemon} The example with which PEP 788 motivates guards (CPython issue 129536).`,
  story: 'A daemon thread never gets the GIL back, and never gives its lock up.',
  kind: 'unmodified',
  finalizes: true,
  write: (stage) => {
    const mutex = foreignMutex(stage, 'the lock of the library')
    onDaemon(stage, (thread) => {
      const saved = thread.saveThread()
      lock(thread, mutex)
      thread.restoreThread(saved)
      unlock(thread, mutex)
    })
    finalizeWithABlockingFinalizer(stage, () => whileLocked(stage.main, mutex, () => undefined))
  },
}

export const guardedDaemonHoldsALock: Client = {
  name: 'guarded-daemon-holds-a-lock',
  title: 'daemon thread that holds a lock inside of a guard',
  says: `${daemon} The thread holds a guard meanwhile (PyInterpreterGuard_FromCurrent), and does nothing where it is refused, as PEP 788 shows.`,
  story: 'A daemon thread holds a guard as long as it holds the lock.',
  kind: 'migrated',
  doesNotApply: needsThreadStateEnsure,
  finalizes: true,
  write: (stage) => {
    const mutex = foreignMutex(stage, 'the lock of the library')
    onDaemon(stage, (thread) => {
      const guard = thread.guardFromCurrent()
      thread.when(not(isNone(guard, stage.runtime.vocabulary.interpreterOrNone)), () => {
        withoutTheGil(thread, () => {
          lock(thread, mutex)
          unlock(thread, mutex)
        })
        thread.closeGuard(guard)
      })
    })
    finalizeWithABlockingFinalizer(stage, () => whileLocked(stage.main, mutex, () => undefined))
  },
}
