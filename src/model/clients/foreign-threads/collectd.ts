import { add, and, equal, integer, truth } from '../../language/builder.ts'
import { boolean, range } from '../../language/domain.ts'
import type { Client } from '../client.ts'

export const collectdCountsDown: Client = {
  name: 'collectd-counts-down-to-finalize',
  title: 'whoever destroys the last callback finalizes the runtime',
  says: 'The python plugin of collectd (src/python.c) counts its callbacks. Threads that read and write destroy them, each between PyGILState_Ensure and PyGILState_Release; the one that destroys the last one after shutdown has begun calls Py_Finalize inside of that, and so does the thread that shuts down, if it finds none left when it has taken the GIL back.',
  story: 'A foreign thread finalizes the runtime while the thread that shuts down waits for the GIL.',
  kind: 'wrong',
  finalizes: true,
  write: (stage) => {
    const { main, mainInterpreter } = stage
    const destroyed = stage.shared('callbacks destroyed', range(0, 1))
    const noneIsLeft = equal(destroyed, integer(1))
    const isShuttingDown = stage.shared('collectd shuts down', boolean)
    main.saveThread()
    const state = main.ensure()
    main.python(mainInterpreter)
    const saved = main.saveThread()
    main.set(isShuttingDown, truth, 'says that it shuts down')
    main.restoreThread(saved)
    main.when(
      noneIsLeft,
      () => main.finalize(),
      () => main.release(state),
    )
    for (const thread of stage.threads.slice(0, 1)) {
      const gilstate = thread.ensure()
      thread.python(mainInterpreter)
      thread.set(destroyed, add(destroyed, integer(1)), 'destroys its callback')
      thread.when(
        and(noneIsLeft, isShuttingDown),
        () => thread.finalize(),
        () => thread.release(gilstate),
      )
    }
  },
}
