import type { ThreadState } from '../cpython/vocabulary.ts'
import type { Term } from '../language/builder.ts'
import type { Client } from './client.ts'

export const endInterpreterInUse: Client = {
  name: 'end-interpreter-in-use',
  title: 'ends a sub-interpreter that other threads use',
  says: 'The main thread ends a sub-interpreter while embedder threads make, use and delete thread states in it; nothing in the API says when they are done. Reported for the interpreters module (CPython issue 127041) and possible in every embedder that unloads scripts.',
  kind: 'wrong',
  write: (stage) => {
    const { main, runtime } = stage
    let made: Term<ThreadState> = runtime.mainThreadState
    for (const interpreter of stage.subInterpreters.slice(0, 1)) made = main.newInterpreter(interpreter)
    stage.letGo()
    for (const thread of stage.threads) {
      stage.whenReady(thread)
      const own = thread.newThreadState(stage.homeOf(0))
      thread.acquireThread(own)
      thread.python(stage.homeOf(0))
      thread.clear(own)
      thread.deleteCurrent()
    }
    main.restoreThread(made)
    if (stage.subInterpreters.length > 0) {
      main.endInterpreter(made)
      main.swap(runtime.mainThreadState)
    }
    main.saveThread()
  },
}
