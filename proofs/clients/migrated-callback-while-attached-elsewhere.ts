import type { Client } from '../../src/model/clients/client.ts'
import { needsEnsureEx } from '../../src/model/clients/client.ts'

export const migratedCallbackWhileAttachedElsewhere: Client = {
  name: 'migrated-callback-while-attached-elsewhere',
  title: 'EnsureEx of another interpreter without SaveThread',
  says: 'A thread that the main interpreter started runs C code that keeps the GIL and calls a function that a sub-interpreter registered: EnsureEx, the function, the matching Release.',
  kind: 'migrated',
  doesNotApply: needsEnsureEx,
  write: (stage) => {
    stage.setUp(() => {
      for (const thread of stage.threads) stage.main.startThread(stage.mainInterpreter, stage.bootOf(thread))
    })
    for (const [i, thread] of stage.threads.entries()) {
      thread.asStartedThread(stage.bootOf(thread), () => {
        thread.repeat(stage.bounds.rounds, () => thread.migratedCallback(stage.homeOf(i)))
        thread.python(stage.mainInterpreter)
      })
    }
  },
}
