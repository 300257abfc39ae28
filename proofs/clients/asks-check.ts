import type { Client } from '../../src/model/clients/client.ts'
import type { Policy } from '../../src/model/cpython/policy.ts'

export const asksCheck: Client = {
  name: 'asks-check',
  title: 'asks PyGILState_Check attached, detached, and in a callback',
  says: 'A thread started by Python asks PyGILState_Check while it is attached, after it let the GIL go, and in a callback, as assertions in extension modules do.',
  kind: 'unmodified',
  doesNotApply: (policy: Policy) => (policy.check === 'absent' ? 'the design has no PyGILState_Check' : undefined),
  write: (stage) => {
    stage.startHomeThreads((thread, home) => {
      thread.check()
      const saved = thread.saveThread()
      thread.check()
      thread.callback(home, () => void thread.check())
      thread.restoreThread(saved)
      thread.python(home)
    })
  },
}
