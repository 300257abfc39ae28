import type { Client } from '../client.ts'
import { needsThreadStateEnsure } from '../client.ts'
import { finalizeMeanwhile } from '../finalizing-stage.ts'
import { onFirstThread } from '../first-thread.ts'

export const viewOfAFormerLife: Client = {
  name: 'view-of-a-former-life',
  title: 'view of the main interpreter used after the runtime was initialized again',
  says: 'An embedder finalizes the runtime and initializes it again; a library still has a view that it took in the first life, and calls back with it. Ids of interpreters begin anew (CPython issue 109785).',
  story: 'A view that was taken in one life of the runtime leads into the next.',
  kind: 'migrated',
  doesNotApply: needsThreadStateEnsure,
  finalizes: true,
  restarts: true,
  write: (stage) => {
    const { main, mainInterpreter } = stage
    onFirstThread(stage, (thread) => {
      thread.repeat(stage.bounds.rounds, () => thread.viewedCallback(mainInterpreter, mainInterpreter))
    })
    finalizeMeanwhile(stage)
    main.initialize()
    main.saveThread()
  },
}
