import type { Client } from '../../src/model/clients/client.ts'
import { needsInterpreterSwap } from '../../src/model/clients/client.ts'

export const workerOfOneInterpreter: Client = {
  name: 'worker-of-one-interpreter',
  title: 'embedder that sets the interpreter, one interpreter per thread',
  says: 'As migrated-embedder, but each worker serves requests of its one home interpreter only, with one thread state.',
  kind: 'migrated',
  doesNotApply: needsInterpreterSwap,
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => {
      const own = thread.newThreadState(home)
      thread.repeat(stage.bounds.rounds, () => {
        const before = thread.swapInterpreter(home)
        thread.acquireThread(own)
        thread.python(home)
        const saved = thread.saveThread()
        thread.callback(home)
        thread.restoreThread(saved)
        thread.releaseThread(own)
        thread.swapInterpreter(before)
      })
    })
  },
}
