import { not, truth } from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import type { Client } from '../client.ts'
import { letOthersAct } from '../finalizing-stage.ts'
import { foreignMutex, whileLocked } from '../foreign-mutex.ts'

export const modWsgiDeadlockMonitor: Client = {
  name: 'mod-wsgi-deadlock-monitor',
  title: 'watchdog that takes the GIL under a lock which finalization takes with the GIL',
  says: 'The deadlock monitor of mod_wsgi (src/server/wsgi_daemon.c) takes wsgi_shutdown_lock, and under it the GIL with PyGILState_Ensure, to see that it can. The thread that shuts down holds the GIL when it takes wsgi_shutdown_lock, and finalizes under it, "to avoid any risk there is a race condition": the two locks are taken in both orders.',
  story: 'The monitor has the lock and waits for the GIL; the thread that shuts down has the GIL and waits for the lock.',
  kind: 'wrong',
  finalizes: true,
  write: (stage) => {
    const { main, mainInterpreter } = stage
    const shutdown = foreignMutex(stage, 'wsgi_shutdown_lock')
    const isShuttingDown = stage.shared('wsgi_daemon_shutdown', boolean)
    letOthersAct(stage)
    whileLocked(main, shutdown, () => {
      main.set(isShuttingDown, truth, 'counts wsgi_daemon_shutdown up')
      main.finalize()
    })
    stage.eachThread((thread) => {
      thread.repeat(stage.bounds.rounds, () => {
        whileLocked(thread, shutdown, () => thread.when(not(isShuttingDown), () => void thread.callback(mainInterpreter)))
      })
    })
  },
}
