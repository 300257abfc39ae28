import type { ClientThread } from '../../src/model/clients/client-thread.ts'
import type { Interpreter } from '../../src/model/cpython/vocabulary.ts'
import type { Term } from '../../src/model/language/builder.ts'
import { noThreadWaitsForItself } from '../../src/properties/catalog/no-thread-waits-for-itself.ts'
import { runsInItsInterpreter } from '../../src/properties/catalog/runs-in-its-interpreter.ts'
import type { BugProgram, KnownBug } from './known-bug.ts'
import { since, until } from './profile-range.ts'
import { actor } from './scenery.ts'

const pool =
  'A pool thread of mod_wsgi or mod_python serves a request of the main interpreter with the plain pair, and keeps that thread state. Its next request is of a sub-interpreter, for which it attaches a thread state of its own.'

/** Two requests: one of the main interpreter, one of the sub-interpreter. */
function secondRequest(body: (thread: ClientThread, sub: Term<Interpreter>) => void): BugProgram {
  return {
    write: (stage) => {
      stage.setUp()
      const thread = actor(stage, 1)
      const sub = stage.homeOf(0)
      stage.whenReady(thread)
      thread.ensure()
      thread.python(stage.mainInterpreter)
      thread.saveThread()
      thread.acquireThread(thread.newThreadState(sub))
      body(thread, sub)
      thread.saveThread()
    },
  }
}

export const poolThreadWaitsForItself: KnownBug = {
  name: 'pool-thread-waits-for-itself',
  title: 'Ensure of a pool thread that serves a sub-interpreter waits for the GIL it holds',
  says: `${pool} An extension module calls Ensure there: the slot has the main thread state, which is not the current one, so Ensure waits for the GIL that its own thread holds.`,
  covers: ['ensure-on-a-pool-thread', 'numpy-hangs-under-mod-wsgi'],
  threads: 2,
  interpreters: 2,
  program: secondRequest((thread, sub) => void thread.callback(sub)),
  failure: [noThreadWaitsForItself],
  affected: until('3.11'),
  fixed: since('3.12'),
  turns: { '3.12': 'slotIsBound' },
}

export const poolThreadCallsBackIntoMain: KnownBug = {
  name: 'pool-thread-calls-back-into-main',
  title: 'callback of a pool thread that serves a sub-interpreter runs in the main interpreter',
  says: `${pool} An extension module lets the GIL go and calls back: the callback runs with the main thread state of the slot.`,
  covers: ['ensure-on-a-pool-thread'],
  threads: 2,
  interpreters: 2,
  program: secondRequest((thread, sub) => {
    const saved = thread.saveThread()
    thread.callback(sub)
    thread.restoreThread(saved)
  }),
  failure: [runsInItsInterpreter],
  affected: until('3.11'),
  fixed: since('3.12'),
  turns: { '3.12': 'slotIsBound' },
}
