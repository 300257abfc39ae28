import type { ClientThread } from '../../src/model/clients/client-thread.ts'
import { noDeadlock } from '../../src/properties/catalog/no-deadlock.ts'
import type { BugProgram, KnownBug } from './known-bug.ts'
import { everywhere, nowhere } from './profile-range.ts'
import { actor, lock, turn, withoutTheGil } from './scenery.ts'

type Wait = (thread: ClientThread, body: () => void) => void

const attached: Wait = (_, body) => body()
const detached: Wait = withoutTheGil

function joins(wait: Wait): BugProgram {
  return {
    write: (stage) => {
      const { main } = stage
      const worker = actor(stage, 1)
      const isOver = turn(stage, 'the worker has ended')
      worker.callback(stage.mainInterpreter)
      isOver.comes(worker)
      wait(main, () => isOver.isAwaited(main))
      main.saveThread()
    },
  }
}

export const workerIsJoinedWithTheGil: KnownBug = {
  name: 'worker-is-joined-with-the-gil',
  title: 'main thread joins a worker that waits in Ensure for the GIL',
  says: 'After Py_Initialize the main thread holds the GIL. It starts a worker and joins it; the worker waits in Ensure for the GIL, which is never let go.',
  covers: ['main-thread-joins-with-the-gil'],
  threads: 2,
  interpreters: 1,
  program: joins(attached),
  failure: [noDeadlock],
  affected: everywhere,
  fixed: nowhere,
  range: 'Up to 3.6 only once PyEval_InitThreads was called, as it was in all scenarios.',
  repaired: { says: 'The main thread lets the GIL go while it joins.', on: everywhere, program: joins(detached) },
}

/** Two threads want the same value that is made once; making it lets the GIL go. */
function initializesOnce(wait: Wait): BugProgram {
  return {
    write: (stage) => {
      const once = lock(stage, 'the once-lock')
      for (const thread of [stage.main, actor(stage, 1)]) {
        const state = thread.ensure()
        wait(thread, () => once.acquire(thread))
        withoutTheGil(thread, () => undefined)
        once.release(thread)
        thread.release(state)
      }
      stage.main.saveThread()
    },
  }
}

export const onceLockIsAwaitedWithTheGil: KnownBug = {
  name: 'once-lock-is-awaited-with-the-gil',
  title: 'lazily made value deadlocks with the GIL',
  says: 'A thread begins to make a value that is made once, and lets the GIL go on the way. Another thread gets the GIL, wants the same value, and waits for the once-lock with the GIL; the first one never gets the GIL back.',
  covers: ['once-lock-and-gil'],
  threads: 2,
  interpreters: 1,
  program: initializesOnce(attached),
  failure: [noDeadlock],
  affected: everywhere,
  fixed: nowhere,
  repaired: {
    says: 'Threads let the GIL go while they wait for the once-lock.',
    on: everywhere,
    program: initializesOnce(detached),
  },
}
