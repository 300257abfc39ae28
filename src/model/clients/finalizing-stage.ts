import type { FinalizationHooks } from '../cpython/finalization/hooks.ts'
import type { ClientThread } from './client-thread.ts'
import type { Stage } from './stage.ts'

/** `Py_BEGIN_ALLOW_THREADS`, something, `Py_END_ALLOW_THREADS`. */
export function withoutTheGil(thread: ClientThread, body: () => void = () => undefined): void {
  const saved = thread.saveThread()
  body()
  thread.restoreThread(saved)
}

/** Other threads act while the main thread has let the GIL go; then it takes it back, wherever they are. */
export function letOthersAct(stage: Stage): void {
  stage.letGo()
  stage.main.restoreThread(stage.runtime.mainThreadState)
}

/** The same, and then the main thread finalizes the runtime. */
export function finalizeMeanwhile(stage: Stage, hooks: FinalizationHooks = {}): void {
  letOthersAct(stage)
  stage.main.finalize(hooks)
}

/** The main thread lets the GIL go once more in a finalizer, which blocks, while the runtime is finalized. */
export function finalizeWithABlockingFinalizer(stage: Stage, body: () => void = () => undefined): void {
  finalizeMeanwhile(stage, { teardown: () => withoutTheGil(stage.main, body) })
}
