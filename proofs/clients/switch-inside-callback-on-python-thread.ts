import type { Client } from '../../src/model/clients/client.ts'
import type { ClientThread } from '../../src/model/clients/client-thread.ts'
import type { Stage } from '../../src/model/clients/stage.ts'
import type { Interpreter } from '../../src/model/cpython/vocabulary.ts'
import type { Term } from '../../src/model/language/builder.ts'

export const switchBackInsideCallbackOnPythonThread: Client = {
  name: 'switch-back-inside-callback-on-python-thread',
  title: 'thread started by Python switches interpreter inside a callback, and back',
  says: 'As ensure-swap-back-release, on a thread that the main interpreter started: the callback swaps a thread state of a sub-interpreter in, runs, swaps back and releases.',
  kind: 'unmodified',
  write: (stage) => {
    callBackOnPythonThreads(stage, (thread, home) => {
      const made = thread.newThreadState(home)
      const old = thread.swap(made)
      thread.python(home)
      thread.swap(old)
      thread.clear(made)
      thread.delete(made)
    })
  },
}

export const switchInsideCallbackOnPythonThread: Client = {
  name: 'switch-inside-callback-on-python-thread',
  title: 'thread started by Python switches interpreter inside a callback, and not back',
  says: 'As ensure-swap-release, on a thread that the main interpreter started: the callback swaps a thread state of a sub-interpreter in, runs, and releases while still attached to it.',
  kind: 'wrong',
  write: (stage) => {
    callBackOnPythonThreads(stage, (thread, home) => {
      thread.swap(thread.newThreadState(home))
      thread.python(home)
    })
  },
}

function callBackOnPythonThreads(stage: Stage, inside: (thread: ClientThread, home: Term<Interpreter>) => void): void {
  stage.setUp(() => {
    for (const thread of stage.threads) stage.main.startThread(stage.mainInterpreter, stage.bootOf(thread))
  })
  for (const [i, thread] of stage.threads.entries()) {
    thread.asStartedThread(stage.bootOf(thread), () => {
      const saved = thread.saveThread()
      thread.callback(stage.mainInterpreter, () => inside(thread, stage.homeOf(i)))
      thread.restoreThread(saved)
      thread.python(stage.mainInterpreter)
    })
  }
}
