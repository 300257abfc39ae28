import type { ThreadState } from '../../cpython/vocabulary.ts'
import type { Place } from '../../language/builder.ts'
import { isNone, not } from '../../language/builder.ts'
import type { Client } from '../client.ts'
import type { ClientThread } from '../client-thread.ts'
import { withoutTheGil } from '../finalizing-stage.ts'
import type { ForeignEvent } from '../foreign-event.ts'
import { foreignEvent, tell, waitFor } from '../foreign-event.ts'
import type { Stage } from '../stage.ts'

const teardown =
  'mod_wsgi (src/server/wsgi_interp.c, wsgi_shutdown.c) ends an interpreter from one thread: it swaps in each thread state that a worker has there, clears it, swaps back and deletes it, and calls Py_EndInterpreter with its own.'

export const modWsgiTearsDownIdleWorkers: Client = {
  name: 'mod-wsgi-tears-down-after-its-workers',
  title: "deletes the workers' thread states and ends their interpreter, when they are done",
  says: `${teardown} The workers have served their last request by then.`,
  story: 'The main thread deletes the thread states of workers that do not use them any more.',
  kind: 'unmodified',
  write: (stage) => tearDown(stage, true),
}

export const modWsgiTearsDownBusyWorkers: Client = {
  name: 'mod-wsgi-tears-down-under-its-workers',
  title: "deletes the workers' thread states and ends their interpreter, whatever they do",
  says: `${teardown} Nothing keeps a worker from being inside, or from having looked its thread state up and not attached it yet.`,
  story: 'The main thread deletes the thread state that a worker is about to attach.',
  kind: 'wrong',
  write: (stage) => tearDown(stage, false),
}

function tearDown(stage: Stage, waitsForWorkers: boolean): void {
  const { main, runtime } = stage
  // Workers of the racing program are alike: one shows what any does.
  const workers = waitsForWorkers ? stage.threads : stage.threads.slice(0, 1)
  const [sub] = stage.subInterpreters
  if (sub === undefined) return
  const ownOf = (thread: ClientThread): Place<ThreadState> => {
    return stage.shared(`thread state of ${thread.name} in the table`, runtime.vocabulary.threadStateOrNone)
  }
  const isDone = (thread: ClientThread): ForeignEvent => foreignEvent(stage, `${thread.name} is done`)
  const first = main.newInterpreter(sub)
  main.swap(runtime.mainThreadState)
  stage.letGo()
  for (const thread of workers) {
    stage.whenReady(thread)
    const own = ownOf(thread)
    thread.set(own, thread.newThreadState(sub), 'puts its thread state into the table')
    thread.repeat(stage.bounds.rounds, () => {
      thread.acquireThread(own)
      thread.python(sub)
      thread.releaseThread(own)
    })
    if (waitsForWorkers) tell(thread, isDone(thread))
  }
  if (waitsForWorkers) for (const thread of workers) waitFor(main, isDone(thread))
  main.acquireThread(runtime.mainThreadState)
  main.swap(first)
  for (const thread of workers) {
    const own = ownOf(thread)
    main.when(not(isNone(own, runtime.vocabulary.threadStateOrNone)), () => {
      main.swap(own)
      main.clear(own)
      main.swap(first)
      main.delete(own)
    })
  }
  main.endInterpreter(first)
  main.swap(runtime.mainThreadState)
  // What Python runs at exit calls back, attached or not.
  main.callback(runtime.main)
  withoutTheGil(main, () => void main.callback(runtime.main))
  main.saveThread()
}
