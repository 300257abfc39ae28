import type { Client } from '../../src/model/clients/client.ts'
import { needsNewCalls } from '../../src/model/clients/client.ts'

export const plainCallbackAfterMigratedOne: Client = {
  name: 'plain-callback-after-migrated-one',
  title: 'plain callback after a migrated one into another interpreter',
  says: 'A thread that the main interpreter started lets the GIL go; one library calls a function of a sub-interpreter back with the calls the design adds, and when that has ended an unmodified library calls a function of the main interpreter back with the plain pair.',
  kind: 'migrated',
  doesNotApply: needsNewCalls,
  write: (stage) => {
    stage.setUp(() => {
      for (const thread of stage.threads) stage.main.startThread(stage.mainInterpreter, stage.bootOf(thread))
    })
    for (const [i, thread] of stage.threads.entries()) {
      thread.asStartedThread(stage.bootOf(thread), () => {
        const saved = thread.saveThread()
        thread.migratedCallback(stage.homeOf(i))
        thread.callback(stage.mainInterpreter)
        thread.restoreThread(saved)
        thread.python(stage.mainInterpreter)
      })
    }
  },
}
