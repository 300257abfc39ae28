import type { Client } from './client.ts'
import { needsNewCalls, needsThreadStateEnsure } from './client.ts'
import type { ClientThread } from './client-thread.ts'

/** Takes a guard of what is attached, does something with it, and closes it unless Ensure took it over. */
function withGuard(thread: ClientThread, body: (guard: ReturnType<ClientThread['guardFromCurrent']>) => void): void {
  const guard = thread.guardFromCurrent()
  body(guard)
  if (!thread.caller.runtime.policy.guardedEnsure.takesOverTheGuard) thread.closeGuard(guard)
}

export const guardedCallbackWhileAttached: Client = {
  name: 'guarded-callback-while-attached',
  title: 'PyThreadState_Ensure without SaveThread, thread started by Python',
  says: 'Code that cannot know whether it is attached asks for a thread state with PyThreadState_Ensure: here Python code of the same interpreter called it. It goes on in Python afterwards.',
  kind: 'migrated',
  doesNotApply: needsThreadStateEnsure,
  write: (stage) => {
    stage.startHomeThreads((thread, home) => {
      thread.repeat(stage.bounds.rounds, () => withGuard(thread, (guard) => thread.guardedCallback(home, guard)))
      thread.python(home)
    })
  },
}

export const guardedCallbackWhileDetached: Client = {
  name: 'guarded-callback-while-detached',
  title: 'PyThreadState_Ensure after SaveThread, thread started by Python',
  says: 'A thread that was started by Python takes a guard, lets the GIL go and calls back; then it goes on with its own thread state.',
  kind: 'migrated',
  doesNotApply: needsThreadStateEnsure,
  write: (stage) => {
    stage.startHomeThreads((thread, home) => {
      thread.repeat(stage.bounds.rounds, () =>
        withGuard(thread, (guard) => {
          const saved = thread.saveThread()
          thread.guardedCallback(home, guard)
          thread.restoreThread(saved)
        }),
      )
      thread.python(home)
    })
  },
}

export const migratedNestedCallback: Client = {
  name: 'migrated-nested-callback-while-detached',
  title: 'callback inside a callback, GIL let go in between, with the new calls',
  says: 'As nested-callback-while-detached, on a thread that Python did not start: both callbacks ask for the interpreter they belong to.',
  kind: 'migrated',
  doesNotApply: needsNewCalls,
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => {
      thread.repeat(stage.bounds.rounds, () => {
        thread.migratedCallback(home, () => {
          const saved = thread.saveThread()
          thread.migratedCallback(home)
          thread.restoreThread(saved)
        })
      })
    })
  },
}

export const migratedVisitor: Client = {
  name: 'migrated-visitor',
  title: 'callback into another interpreter than the one remembered',
  says: 'A thread started by Python code of the main interpreter lets the GIL go and calls into a sub-interpreter, then back into the main one, each time asking for it.',
  kind: 'migrated',
  doesNotApply: needsNewCalls,
  write: (stage) => {
    const { main, mainInterpreter } = stage
    stage.setUp(() => {
      for (const thread of stage.threads) main.startThread(mainInterpreter, stage.bootOf(thread))
    })
    for (const [i, thread] of stage.threads.entries()) {
      thread.asStartedThread(stage.bootOf(thread), () => {
        const saved = thread.saveThread()
        thread.repeat(stage.bounds.rounds, () => {
          thread.migratedCallback(stage.homeOf(i))
          thread.migratedCallback(mainInterpreter)
        })
        thread.restoreThread(saved)
        thread.python(mainInterpreter)
      })
    }
  },
}

export const migratedLateCallback: Client = {
  name: 'migrated-late-callback',
  title: 'callback into a sub-interpreter that another thread ends',
  says: 'The main thread ends the sub-interpreter while threads that Python did not start call into it, each time asking for it: they run in it, or are told that it is gone.',
  kind: 'migrated',
  doesNotApply: needsNewCalls,
  write: (stage) => {
    const { main } = stage
    const [sub] = stage.subInterpreters
    if (sub === undefined) return
    const first = main.newInterpreter(sub)
    stage.letGo()
    for (const thread of stage.threads) {
      stage.whenReady(thread)
      thread.repeat(stage.bounds.rounds, () => thread.migratedCallback(sub))
    }
    main.restoreThread(first)
    main.endInterpreter(first)
  },
}
