import { noDeadlock } from '../../src/properties/catalog/no-deadlock.ts'
import { noFatalError } from '../../src/properties/catalog/no-fatal-error.ts'
import { noThreadWaitsForItself } from '../../src/properties/catalog/no-thread-waits-for-itself.ts'
import type { BugProgram, KnownBug } from './known-bug.ts'
import { everywhere, nowhere } from './profile-range.ts'
import { actor, turn, unlocked, withoutTheGil } from './scenery.ts'

/** A foreign thread calls Ensure, while the main thread has let the GIL go. */
function foreignEnsure(isReleased: boolean): BugProgram {
  return {
    write: (stage) => {
      const { main } = stage
      const thread = actor(stage, 1)
      withoutTheGil(main, () => {
        const state = thread.ensure()
        thread.python(stage.mainInterpreter)
        if (isReleased) thread.release(state)
      })
      main.saveThread()
    },
  }
}

export const ensureWithoutReleaseKeepsTheGil: KnownBug = {
  name: 'ensure-without-release-keeps-the-gil',
  title: 'error path without Release leaves the GIL locked for ever',
  says: 'A foreign thread calls Ensure, and returns on an error path without Release. The GIL stays locked by a thread that knows nothing of it, and the next thread that wants it waits for ever.',
  covers: ['uwsgi-error-path-without-release'],
  threads: 2,
  interpreters: 1,
  program: foreignEnsure(false),
  failure: [noDeadlock],
  affected: everywhere,
  fixed: nowhere,
  range: 'Repaired in uWSGI 2.0.25: CPython does with such a program what it always did.',
  repaired: { says: 'The error path releases as well.', on: everywhere, program: foreignEnsure(true) },
}

/** A callback on the same thread, while the thread has let the GIL go. */
function keylogCallback(isReleased: boolean): BugProgram {
  return {
    write: (stage) => {
      const { main } = stage
      withoutTheGil(main, () => {
        const state = main.ensure()
        if (isReleased) main.release(state)
      })
      main.saveThread()
    },
  }
}

export const keylogCallbackStaysAttached: KnownBug = {
  name: 'keylog-callback-stays-attached',
  title: 'early return after Ensure makes Py_END_ALLOW_THREADS hang or die',
  says: 'The keylog callback of _ssl runs inside Py_BEGIN_ALLOW_THREADS, calls Ensure, and returns early without Release. Py_END_ALLOW_THREADS then waits for the GIL that its own thread holds; since 3.13 it is refused.',
  covers: ['ssl-keylog-returns-without-release'],
  threads: 1,
  interpreters: 1,
  program: keylogCallback(false),
  failure: [noThreadWaitsForItself, noFatalError],
  affected: everywhere,
  fixed: nowhere,
  range: 'Reported for 3.15, and the callback is as old as 3.8; such a callback fails on every release.',
  repaired: { says: 'It releases before it returns.', on: everywhere, program: keylogCallback(true) },
}

export const releaseByAnotherThread: KnownBug = {
  name: 'release-by-another-thread',
  title: 'Release on another thread than Ensure is fatal',
  says: 'What Ensure returned on one thread is given to Release on another. Release looks into the slot of its own thread, and what it finds there is not current.',
  covers: ['release-while-not-current'],
  threads: 2,
  interpreters: 1,
  program: {
    write: (stage) => {
      const { main } = stage
      const thread = actor(stage, 1)
      const isEnsured = turn(stage, 'thread 1 has called Ensure')
      main.saveThread()
      thread.ensure()
      isEnsured.comes(thread)
      isEnsured.isAwaited(main)
      main.release(unlocked(stage))
    },
  },
  failure: [noFatalError],
  outcome: /must be current when releasing$/,
  affected: everywhere,
  fixed: nowhere,
}
