import type { ClientThread } from '../../src/model/clients/client-thread.ts'
import type { Stage } from '../../src/model/clients/stage.ts'
import { not } from '../../src/model/language/builder.ts'
import { noDeadlock } from '../../src/properties/catalog/no-deadlock.ts'
import { nobodyRunsPythonInADyingRuntime, noThreadIsEnded, noThreadSleepsForEver } from './failures.ts'
import type { BugProgram, KnownBug } from './known-bug.ts'
import { between, since, until } from './profile-range.ts'
import { actor, lock, turn, withoutTheGil } from './scenery.ts'

/**
 * Thread 1 prepares itself without hurry; then the main thread finalizes the runtime, and lets the GIL go in a finalizer, as I/O does. Thread
 * 1 acts when the finalizer has begun, or, if it is not late on purpose, at any time.
 */
function duringFinalization(
  prepare: (thread: ClientThread, stage: Stage) => (() => void) | undefined,
  options: { readonly isLate: boolean; readonly inFinalizer?: (main: ClientThread) => void },
): BugProgram {
  return {
    finalizes: true,
    write: (stage) => {
      const { main } = stage
      const thread = actor(stage, 1)
      const isReady = turn(stage, 'thread 1 is ready')
      const hasBegun = turn(stage, 'finalization has begun')
      withoutTheGil(main, () => isReady.isAwaited(main))
      const act = prepare(thread, stage)
      isReady.comes(thread)
      if (options.isLate) hasBegun.isAwaited(thread)
      act?.()
      main.finalize({
        teardown: () =>
          withoutTheGil(main, () => {
            hasBegun.comes(main)
            options.inFinalizer?.(main)
          }),
      })
    },
  }
}

const worksDetached = (act: (thread: ClientThread, stage: Stage, own: ReturnType<ClientThread['saveThread']>) => void) => {
  return (thread: ClientThread, stage: Stage) => {
    thread.ensure()
    const own = thread.saveThread()
    return () => act(thread, stage, own)
  }
}

export const reattachingThreadIsEnded: KnownBug = {
  name: 'reattaching-thread-is-ended',
  title: 'Py_END_ALLOW_THREADS ends its thread while the runtime is finalized',
  says: 'A thread has let the GIL go and comes back while another thread finalizes the runtime: PyEval_RestoreThread calls pthread_exit. Destructors run while the thread is unwound: one that is noexcept, or that expects to hold the GIL, aborts the process.',
  covers: ['thread-exit-in-a-noexcept-destructor', 'thread-exit-runs-destructors'],
  threads: 2,
  interpreters: 1,
  program: duringFinalization(
    worksDetached((thread, _, own) => {
      thread.restoreThread(own)
      thread.saveThread()
    }),
    { isLate: true },
  ),
  failure: [noThreadIsEnded],
  affected: between('3.2.1', '3.13'),
  fixed: [...until('3.2'), ...since('3.13.8')],
  turns: { '3.2.1': 'lateThreadIsNoticed', '3.13.8': 'lateThread' },
  range: '3.2.0 does not look for finalization yet; 3.13 lets threads sleep like 3.14 since 3.13.8.',
}

export const lateThreadRunsPython: KnownBug = {
  name: 'late-thread-runs-python',
  title: 'daemon thread wakes up while the runtime is finalized, and runs Python code',
  says: 'A daemon thread has let the GIL go and comes back with PyEval_RestoreThread while another thread finalizes the runtime: nothing stops it from running Python code.',
  covers: ['daemon-threads-wake-up-in-finalization'],
  threads: 2,
  interpreters: 1,
  program: duringFinalization(
    worksDetached((thread, { mainInterpreter }, own) => {
      thread.restoreThread(own)
      thread.python(mainInterpreter)
      thread.saveThread()
    }),
    { isLate: true },
  ),
  failure: [nobodyRunsPythonInADyingRuntime],
  affected: until('3.2'),
  fixed: since('3.2.1'),
  turns: { '3.2.1': 'lateThreadIsNoticed' },
}

export const acquireThreadDoesNotLook: KnownBug = {
  name: 'acquire-thread-does-not-look',
  title: 'PyEval_AcquireThread does not look for finalization',
  says: 'A daemon thread comes back with PyEval_AcquireThread while another thread finalizes the runtime. Only PyEval_RestoreThread looks for finalization: the thread runs Python code, and may keep the GIL.',
  covers: ['acquire-thread-forgets-to-look'],
  threads: 2,
  interpreters: 1,
  program: duringFinalization(
    worksDetached((thread, { mainInterpreter }, own) => {
      thread.acquireThread(own)
      thread.python(mainInterpreter)
      thread.releaseThread(own)
    }),
    { isLate: true },
  ),
  failure: [nobodyRunsPythonInADyingRuntime],
  affected: until('3.7'),
  fixed: since('3.8'),
  turns: { '3.8': 'lateThreadIsNoticed' },
  range: 'Up to 3.2.0 nothing looks for finalization, PyEval_AcquireThread as little as the rest.',
}

export const askingForFinalizationIsNotEnough: KnownBug = {
  name: 'asking-for-finalization-is-not-enough',
  title: 'Ensure stops its thread although Py_IsFinalizing said no',
  says: 'A thread asks Py_IsFinalizing, is told no, and calls Ensure. Finalization begins in between: Ensure ends the thread, or puts it to sleep for ever.',
  covers: ['is-finalizing-is-not-enough'],
  threads: 2,
  interpreters: 1,
  program: duringFinalization(
    (thread, { mainInterpreter }) =>
      () =>
        thread.when(not(thread.isFinalizing()), () => thread.callback(mainInterpreter)),
    { isLate: false },
  ),
  failure: [noThreadIsEnded, noThreadSleepsForEver],
  affected: since('3.2.1'),
  fixed: until('3.2'),
  turns: { '3.2.1': 'lateThreadIsNoticed' },
  range: 'Up to 3.2.0 the thread is not stopped. In 3.15 the plain pair still stops it, and the repaired program needs other calls.',
  repaired: {
    says: 'PyThreadState_EnsureFromView asks and attaches at once, and returns NULL where it is too late.',
    on: since('3.15'),
    program: duringFinalization((thread, stage) => () => thread.viewedCallback(stage.mainInterpreter, stage.mainInterpreter), {
      isLate: false,
    }),
  },
}

/** Thread 1 holds a lock while it comes back for the GIL; a finalizer wants the lock. */
function locksThenReattaches(guarded: boolean): BugProgram {
  let giveBack: (main: ClientThread) => void = () => undefined
  return duringFinalization(
    (thread, stage) => {
      const mutex = lock(stage, 'the lock of the stream')
      giveBack = (main) => {
        mutex.acquire(main)
        mutex.release(main)
      }
      thread.ensure()
      const guard = guarded ? thread.guardFromCurrent() : undefined
      const own = thread.saveThread()
      mutex.acquire(thread)
      return () => {
        thread.restoreThread(own)
        mutex.release(thread)
        thread.saveThread()
        if (guard !== undefined) thread.closeGuard(guard)
      }
    },
    { isLate: !guarded, inFinalizer: (main) => giveBack(main) },
  )
}

export const stoppedThreadKeepsItsLock: KnownBug = {
  name: 'stopped-thread-keeps-its-lock',
  title: 'a thread that is stopped by finalization keeps a lock that finalization needs',
  says: 'A daemon thread takes a lock without the GIL, the lock of a buffered stream say, and comes back for the GIL while the runtime is finalized. It is ended, or sleeps for ever, with the lock; the finalizer that flushes the stream waits for the lock for ever.',
  covers: ['daemon-thread-keeps-a-lock-for-ever'],
  threads: 2,
  interpreters: 1,
  program: locksThenReattaches(false),
  failure: [noDeadlock],
  affected: since('3.2.1'),
  fixed: until('3.2'),
  turns: { '3.2.1': 'lateThreadIsNoticed' },
  range: 'Up to 3.2.0 the thread is not stopped, and gives the lock back.',
  repaired: {
    says: 'The thread holds a guard of the interpreter as long as it holds the lock: finalization waits.',
    on: since('3.15'),
    program: locksThenReattaches(true),
  },
}
