import { equal, integer, literal } from '../../language/builder.ts'
import type { Client } from '../client.ts'
import { withoutTheGil } from '../finalizing-stage.ts'
import { counterOf, setCounter } from '../own-counter.ts'

export const modWsgiPinsItsThreadState: Client = {
  name: 'mod-wsgi-pins-its-thread-state',
  title: 'worker that keeps its thread state between requests by a counter of CPython',
  says: 'A worker of mod_wsgi that serves the main interpreter (src/server/wsgi_interp.c) attaches with PyGILState_Ensure and, the first time, counts gilstate_counter up once more itself, so that its Release never deletes the thread state and thread-local data lives on. It always releases with PyGILState_UNLOCKED. The field is private.',
  story: 'A worker makes its thread state survive Release, by counting once more than it may.',
  kind: 'wrong',
  write: (stage) => {
    const unlocked = literal(stage.runtime.vocabulary.gilstateState, 1)
    stage.letGo()
    stage.eachThread((thread) => {
      const request = (): void => {
        thread.ensure()
        const self = thread.get()
        thread.when(equal(counterOf(thread, self), integer(1)), () => setCounter(thread, self, 2))
        thread.python(stage.mainInterpreter)
        withoutTheGil(thread, () => void thread.callback(stage.mainInterpreter))
        thread.release(unlocked)
      }
      thread.repeat(stage.bounds.rounds, () => {
        request()
        request()
      })
    })
  },
}
