import type { Client } from '../../src/model/clients/client.ts'

export const letsGoWithSwapAndReleaseLock: Client = {
  name: 'lets-go-with-swap-and-release-lock',
  title: 'lets the GIL go with PyThreadState_Swap(NULL) and PyEval_ReleaseLock',
  says: 'Code from before PyEval_SaveThread lets the GIL go with PyThreadState_Swap(NULL) and PyEval_ReleaseLock, is called back on the same thread with the plain pair, and takes the GIL back with PyEval_RestoreThread.',
  kind: 'unmodified',
  write: (stage) => {
    stage.startHomeThreads((thread, home) => {
      const old = thread.swapNull()
      thread.releaseLock()
      thread.repeat(stage.bounds.rounds, () => thread.callback(home))
      thread.restoreThread(old)
      thread.python(home)
    })
  },
}
