import { isNone, not, truth } from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import type { Client } from '../client.ts'
import { needsOwnGils } from '../client.ts'
import { withoutTheGil } from '../finalizing-stage.ts'
import { foreignMutex, whileLocked } from '../foreign-mutex.ts'
import type { Stage } from '../stage.ts'

const pool =
  'A worker of mod_wsgi (src/server/wsgi_interp.c) that needs an interpreter which is not in the table makes it under the lock of the table: PyGILState_Ensure, PyThreadState_Swap(NULL), Py_NewInterpreter, PyThreadState_Swap back, PyGILState_Release. Then the worker serves a request there, with a callback on the same thread.'

export const modWsgiCreatesInterpreters: Client = {
  name: 'mod-wsgi-creates-interpreters-under-a-lock',
  title: 'pool that makes an interpreter on demand',
  says: pool,
  story: 'Two workers want the same interpreter, and the first makes it inside PyGILState_Ensure.',
  kind: 'unmodified',
  threadStates: ({ threads, interpreters }) => threads * 3 + interpreters,
  write: (stage) => createOnDemand(stage, false),
}

export const modWsgiCreatesInterpretersWithOwnGil: Client = {
  name: 'mod-wsgi-creates-interpreters-with-own-gil',
  title: 'pool that makes an interpreter with its own GIL on demand',
  says: `${pool} The interpreter gets a GIL of its own, with Py_NewInterpreterFromConfig.`,
  story: 'Two workers want the same interpreter, and the first makes it, with a GIL of its own, inside PyGILState_Ensure.',
  kind: 'unmodified',
  doesNotApply: needsOwnGils,
  threadStates: ({ threads, interpreters }) => threads * 3 + interpreters,
  write: (stage) => createOnDemand(stage, true),
}

function createOnDemand(stage: Stage, ownGil: boolean): void {
  const [sub] = stage.subInterpreters
  if (sub === undefined) return
  const { threadStateOrNone } = stage.runtime.vocabulary
  const table = foreignMutex(stage, 'the lock of the interpreter table')
  const isThere = stage.shared('the interpreter is in the table', boolean)
  stage.letGo()
  stage.eachThread((thread) => {
    const own = thread.local('own thread state', threadStateOrNone)
    whileLocked(thread, table, () => {
      thread.when(not(isThere), () => {
        thread.callback(stage.mainInterpreter, () => {
          const old = thread.swapNull()
          thread.set(own, thread.newInterpreter(sub, { ownGil }))
          thread.python(sub)
          thread.swap(old)
          thread.set(isThere, truth, 'puts the interpreter into the table')
        })
      })
    })
    thread.when(isNone(own, threadStateOrNone), () => thread.set(own, thread.newThreadState(sub)))
    thread.repeat(stage.bounds.rounds, () => {
      thread.acquireThread(own)
      thread.python(sub)
      withoutTheGil(thread, () => void thread.callback(sub))
      thread.releaseThread(own)
    })
  })
}
