import type { Client } from '../client.ts'
import { withoutTheGil } from '../finalizing-stage.ts'
import { foreignEvent, tell, waitFor } from '../foreign-event.ts'

const shared =
  'jep (src/main/c/Jep/pyembed.c, MainInterpreter.java) lets go of the main thread state at once, and any Java thread attaches it to make sub-interpreters or to import for them.'

export const jepImportsOnTheMainThreadState: Client = {
  name: 'jep-imports-on-the-main-thread-state',
  title: 'borrowed main thread state, callback while attached',
  says: `${shared} An imported module that uses PyGILState_Ensure, as those made by ctypes, SWIG or Cython do, is called while it is attached.`,
  story: "A Java thread attaches the main thread's state and imports a module that calls PyGILState_Ensure.",
  kind: 'wrong',
  write: (stage) => {
    const borrowed = stage.runtime.mainThreadState
    stage.letGo()
    stage.eachThread((thread) => {
      thread.repeat(stage.bounds.rounds, () => {
        thread.acquireThread(borrowed)
        thread.python(stage.mainInterpreter)
        thread.callback(stage.mainInterpreter)
        thread.releaseThread(borrowed)
      })
    })
  },
}

export const jepMakesSubInterpreters: Client = {
  name: 'jep-makes-sub-interpreters',
  title: 'sub-interpreter made and ended on a borrowed main thread state',
  says: `${shared} A Java thread makes its sub-interpreter so, saves and acquires the new thread state, ends it in the end with Py_EndInterpreter, and swaps the main thread state in to let it go. Its modules call back on the same thread.`,
  story: "A Java thread makes a sub-interpreter while it has the main thread's state.",
  kind: 'wrong',
  write: (stage) => {
    const [sub] = stage.subInterpreters
    const [maker, ...others] = stage.threads
    const borrowed = stage.runtime.mainThreadState
    if (sub === undefined || maker === undefined) return
    stage.letGo()
    stage.whenReady(maker)
    maker.acquireThread(borrowed)
    const own = maker.newInterpreter(sub)
    maker.saveThread()
    maker.acquireThread(own)
    maker.python(sub)
    withoutTheGil(maker, () => void maker.callback(sub))
    maker.endInterpreter(own)
    maker.swap(borrowed)
    maker.releaseThread(borrowed)
    for (const thread of others) {
      stage.whenReady(thread)
      thread.acquireThread(borrowed)
      thread.python(stage.mainInterpreter)
      thread.releaseThread(borrowed)
    }
  },
}

export const jepProxyBorrows: Client = {
  name: 'jep-proxy-borrows-its-owners-thread-state',
  title: 'Java proxy that attaches the thread state of the thread that made it',
  says: 'A Java proxy of a Python object (jep, python/invocationhandler.c, and pypointer.c for its reference) attaches the thread state of the interpreter instance that made it, on whichever Java thread calls it. Its owner may be inside Java then, with the thread state saved, and come back before the proxy is done.',
  story: 'Two threads attach one thread state in turn, without agreeing on it.',
  kind: 'wrong',
  write: (stage) => {
    const [owner, ...callers] = stage.threads
    if (owner === undefined) return
    const { threadStateOrNone } = stage.runtime.vocabulary
    const lent = stage.shared('thread state of the proxy', threadStateOrNone)
    const isMade = foreignEvent(stage, 'the proxy is made')
    const home = stage.homeOf(0)
    stage.setUp()
    stage.whenReady(owner)
    const own = owner.newThreadState(home)
    owner.acquireThread(own)
    owner.set(lent, own, 'makes a proxy')
    tell(owner, isMade)
    owner.python(home)
    withoutTheGil(owner)
    owner.python(home)
    owner.releaseThread(own)
    for (const caller of callers) {
      waitFor(caller, isMade)
      caller.repeat(stage.bounds.rounds, () => {
        caller.acquireThread(lent)
        caller.python(home)
        caller.releaseThread(lent)
      })
    }
  },
}
