import type { Client } from '../client.ts'
import { withoutTheGil } from '../finalizing-stage.ts'
import { foreignMutex, whileLocked } from '../foreign-mutex.ts'

const wrapper =
  'SQLite locks the connection while a statement runs, and calls the functions registered with it from whichever thread steps it; apsw (src/connection.c) and the sqlite3 module wrap them in PyGILState_Ensure and PyGILState_Release.'

export const apswSavesBeforeItLocks: Client = {
  name: 'apsw-saves-before-it-locks',
  title: "database callback under the library's lock, GIL let go before",
  says: `${wrapper} Every call into SQLite lets the GIL go first.`,
  story: 'Threads share a connection whose lock they take without the GIL.',
  kind: 'unmodified',
  write: (stage) => {
    const connection = foreignMutex(stage, 'the lock of the connection')
    stage.startHomeThreads((thread, home) => {
      thread.repeat(stage.bounds.rounds, () => {
        withoutTheGil(thread, () => whileLocked(thread, connection, () => void thread.callback(home)))
        thread.python(home)
      })
    })
  },
}

export const apswLocksBeforeItSaves: Client = {
  name: 'apsw-locks-before-it-saves',
  title: "database callback under the library's lock, GIL kept by another call",
  says: `${wrapper} Every second thread makes a short call into SQLite and keeps the GIL: the two locks are taken in both orders. The changes of apsw (doc/changes.rst) tell of that deadlock, and of the test of its source that was added; a thread that may block is to let the GIL go.`,
  story: 'One thread locks the connection and wants the GIL; another has the GIL and wants the connection.',
  kind: 'wrong',
  write: (stage) => {
    const connection = foreignMutex(stage, 'the lock of the connection')
    stage.startHomeThreads((thread, home) => {
      const keepsTheGil = stage.threads.indexOf(thread) % 2 === 1
      thread.repeat(stage.bounds.rounds, () => {
        if (keepsTheGil) whileLocked(thread, connection, () => undefined)
        else withoutTheGil(thread, () => whileLocked(thread, connection, () => void thread.callback(home)))
        thread.python(home)
      })
    })
  },
}
