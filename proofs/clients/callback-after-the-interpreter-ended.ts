import type { Client } from '../../src/model/clients/client.ts'
import { needsNewCalls } from '../../src/model/clients/client.ts'

export const callbackAfterTheInterpreterEnded: Client = {
  name: 'callback-after-the-interpreter-ended',
  title: 'migrated callback into an interpreter that has ended',
  says: 'Code of a sub-interpreter registers a callback and the embedder ends the interpreter; a library that was not told calls back from its own thread with the interpreter it was given.',
  kind: 'migrated',
  doesNotApply: needsNewCalls,
  write: (stage) => {
    const { main, runtime } = stage
    if (stage.subInterpreters.length > 0) {
      const made = main.newInterpreter(stage.homeOf(0))
      main.python(stage.homeOf(0))
      main.endInterpreter(made)
      main.swap(runtime.mainThreadState)
    }
    stage.letGo()
    for (const thread of stage.threads) {
      stage.whenReady(thread)
      thread.migratedCallback(stage.homeOf(0))
    }
  },
}
