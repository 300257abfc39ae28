import { none } from '../../language/builder.ts'
import type { Client } from '../client.ts'
import { foreignMutex, lock, unlock } from '../foreign-mutex.ts'

export const tkinterBaton: Client = {
  name: 'tkinter-baton',
  title: 'thread state carried through a global under a lock',
  says: 'The _tkinter module (ENTER_TCL, ENTER_PYTHON and LEAVE_PYTHON in Modules/_tkinter.c) carries its thread state through one global of the process, tcl_tstate, which only the holder of tcl_lock may touch. A Tcl command that calls Python takes it from there and gives the lock up while it runs; the threads belong to any interpreter.',
  story: 'Threads hand a lock and a global thread state over around every call of Tcl.',
  kind: 'unmodified',
  write: (stage) => {
    const { threadStateOrNone } = stage.runtime.vocabulary
    const tcl = foreignMutex(stage, 'tcl_lock')
    const baton = stage.shared('tcl_tstate', threadStateOrNone)
    stage.startHomeThreads((thread, home) => {
      const carried = thread.local('tstate of the command', threadStateOrNone)
      thread.repeat(stage.bounds.rounds, () => {
        const own = thread.saveThread()
        lock(thread, tcl)
        thread.set(baton, own, 'notes its thread state in tcl_tstate')
        thread.set(carried, baton)
        thread.set(baton, none(threadStateOrNone), 'takes the thread state out of tcl_tstate')
        unlock(thread, tcl)
        thread.restoreThread(carried)
        thread.python(home)
        thread.saveThread()
        lock(thread, tcl)
        thread.set(baton, carried, 'puts its thread state back into tcl_tstate')
        thread.set(baton, none(threadStateOrNone), 'clears tcl_tstate')
        unlock(thread, tcl)
        thread.restoreThread(own)
      })
    })
  },
}
