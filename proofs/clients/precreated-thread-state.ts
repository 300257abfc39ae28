import type { Client } from '../../src/model/clients/client.ts'

export const precreatedThreadState: Client = {
  name: 'precreated-thread-state',
  title: 'callback on a foreign thread that made its thread state first',
  says: 'An application makes a thread state of the right interpreter on a native thread with PyThreadState_New, attaches nothing, and lets plain callbacks come: the step that msg126364 says an application may take.',
  kind: 'unmodified',
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => {
      const own = thread.newThreadState(home)
      thread.repeat(stage.bounds.rounds, () => thread.callback(home))
      thread.acquireThread(own)
      thread.clear(own)
      thread.deleteCurrent()
    })
  },
}
