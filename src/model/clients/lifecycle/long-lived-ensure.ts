import { isNone, not } from '../../language/builder.ts'
import type { Client } from '../client.ts'
import { needsThreadStateEnsure } from '../client.ts'
import { finalizeMeanwhile } from '../finalizing-stage.ts'
import { onFirstThread } from '../first-thread.ts'

export const longLivedEnsure: Client = {
  name: 'long-lived-ensure',
  title: 'callbacks with a view inside of an Ensure that lasts as long as the thread',
  says: 'A foreign thread keeps a thread state by an outermost PyThreadState_Ensure whose guard it closes at once, so as not to keep the runtime from ending: the recipe of PEP 788 for daemon threads. Callbacks with PyThreadState_EnsureFromView follow while the main thread finalizes, and in the end it releases.',
  story: 'A thread that keeps a thread state without a guard calls back while the runtime is finalized.',
  kind: 'migrated',
  doesNotApply: needsThreadStateEnsure,
  finalizes: true,
  write: (stage) => {
    const { mainInterpreter } = stage
    const { policy, vocabulary } = stage.runtime
    onFirstThread(stage, (thread) => {
      const guard = thread.guardFromView(mainInterpreter)
      thread.when(not(isNone(guard, vocabulary.interpreterOrNone)), () => {
        const outer = thread.ensureThreadState(guard)
        if (!policy.guardedEnsure.takesOverTheGuard) thread.closeGuard(guard)
        const saved = thread.saveThread()
        thread.repeat(stage.bounds.rounds, () => thread.viewedCallback(mainInterpreter, mainInterpreter))
        thread.restoreThread(saved)
        thread.releaseThreadState(outer)
      })
    })
    finalizeMeanwhile(stage)
  },
}
