import type { Client } from './client.ts'
import { needsNewCalls } from './client.ts'
import type { CallBack } from './client-thread.ts'
import { migratedCallback, plainCallback } from './client-thread.ts'
import type { Stage } from './stage.ts'

export const handedOverThread: Client = {
  name: 'handed-over-thread',
  title: 'thread of the main interpreter, handed to a sub-interpreter',
  says: 'A thread started by Python code of the main interpreter works for a sub-interpreter for a while: PyThreadState_New, PyThreadState_Swap, run, a callback on the same thread, swap back, clear and delete. The interpreters module (_xxsubinterpreters run_string) and pybind11 (subinterpreter.h) switch threads so; the hand-off of msg126364.',
  kind: 'unmodified',
  write: (stage) => handOver(stage, plainCallback),
}

export const migratedHandedOverThread: Client = {
  name: 'migrated-handed-over-thread',
  title: 'migrated callback on a thread handed to a sub-interpreter',
  says: 'As handed-over-thread, with the calls the design adds in the callback; the hand-over itself is unchanged.',
  kind: 'migrated',
  doesNotApply: needsNewCalls,
  write: (stage) => handOver(stage, migratedCallback),
}

export const handedOverThreadWithoutItsOldState: Client = {
  name: 'handed-over-thread-without-its-old-state',
  title: 'thread handed over after its old thread state was deleted',
  says: 'An embedder ends what a foreign thread did in the main interpreter with PyThreadState_Clear and PyThreadState_DeleteCurrent before it makes the thread a state in a sub-interpreter, so that the thread is never owned by two: PyThreadState_New, then plain callbacks.',
  kind: 'unmodified',
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => {
      const first = thread.newThreadState(stage.mainInterpreter)
      thread.acquireThread(first)
      thread.python(stage.mainInterpreter)
      thread.clear(first)
      thread.deleteCurrent()
      const own = thread.newThreadState(home)
      thread.repeat(stage.bounds.rounds, () => thread.callback(home))
      thread.acquireThread(own)
      thread.clear(own)
      thread.deleteCurrent()
    })
  },
}

function handOver(stage: Stage, callBack: CallBack): void {
  stage.setUp(() => {
    for (const thread of stage.threads) stage.main.startThread(stage.mainInterpreter, stage.bootOf(thread))
  })
  for (const [i, thread] of stage.threads.entries()) {
    const home = stage.homeOf(i)
    thread.asStartedThread(stage.bootOf(thread), () => {
      const made = thread.newThreadState(home)
      const old = thread.swap(made)
      thread.python(home)
      const saved = thread.saveThread()
      thread.repeat(stage.bounds.rounds, () => callBack(thread, home))
      thread.restoreThread(saved)
      thread.swap(old)
      thread.clear(made)
      thread.delete(made)
    })
  }
}
