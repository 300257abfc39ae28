import { isNone, not } from '../language/builder.ts'
import type { Client } from './client.ts'

export const deleteAnothersThreadState: Client = {
  name: 'delete-anothers-thread-state',
  title: "deletes a pool thread's state while the thread still uses it",
  says: "The main thread tears a pool down: it clears and deletes the workers' thread states, which lie in a shared table, while a worker may be about to attach with its own. mod_wsgi's shutdown (wsgi_interp.c) and uWSGI's worker table have this shape.",
  kind: 'wrong',
  write: (stage) => {
    const { main, runtime } = stage
    const { threadStateOrNone } = runtime.vocabulary
    const entry = stage.shared('entry of the first worker', threadStateOrNone)
    stage.setUp()
    stage.eachThread((thread, home, i) => {
      const own = thread.newThreadState(home)
      if (i === 0) thread.set(entry, own, 'puts its thread state in the table')
      thread.repeat(stage.bounds.rounds, () => {
        thread.acquireThread(own)
        thread.python(home)
        thread.releaseThread(own)
      })
    })
    main.waitUntil(not(isNone(entry, threadStateOrNone)), 'looks the first worker up in the table')
    main.restoreThread(runtime.mainThreadState)
    main.clear(entry)
    main.delete(entry)
    main.saveThread()
  },
}
