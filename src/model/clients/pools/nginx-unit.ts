import type { Client } from '../client.ts'
import { foreignEvent, tell, waitFor } from '../foreign-event.ts'

export const nginxUnitPins: Client = {
  name: 'nginx-unit-pins-its-thread-state',
  title: 'worker that stays inside one Ensure and is joined before finalization',
  says: 'A worker of NGINX Unit (src/python/nxt_python.c, nxt_python_wsgi.c) takes a thread state with PyGILState_Ensure once, saves it, restores and saves it around each request, and releases it at the end. The main thread waits for the workers without the GIL, and finalizes after that.',
  story: 'Workers keep one thread state for their whole life, and are gone when the runtime is finalized.',
  kind: 'unmodified',
  finalizes: true,
  write: (stage) => {
    const { main, mainInterpreter } = stage
    const isDone = stage.threads.map(({ name }) => foreignEvent(stage, `${name} is done`))
    stage.eachThread((thread, _, position) => {
      const state = thread.ensure()
      const kept = thread.saveThread()
      thread.repeat(stage.bounds.rounds, () => {
        thread.restoreThread(kept)
        thread.python(mainInterpreter)
        thread.saveThread()
      })
      thread.restoreThread(kept)
      thread.release(state)
      for (const event of isDone.slice(position, position + 1)) tell(thread, event)
    })
    stage.letGo()
    for (const event of isDone) waitFor(main, event)
    main.restoreThread(stage.runtime.mainThreadState)
    main.finalize()
  },
}
