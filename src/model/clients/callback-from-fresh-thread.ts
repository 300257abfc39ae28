import type { Client } from './client.ts'
import { needsNewCalls } from './client.ts'
import type { CallBack } from './client-thread.ts'
import { migratedCallback, plainCallback } from './client-thread.ts'
import type { Stage } from './stage.ts'

export const callbackFromFreshThread: Client = {
  name: 'callback-from-fresh-thread',
  title: 'callback on a thread the library made',
  says: "A library calls back on a thread of its own that never ran Python, as audio, GPU and database libraries do; the callback was registered by code of the thread's home interpreter and expects to run there. ctypes (_ctypes/callbacks.c), SWIG directors and apsw (connection.c) write Ensure, the Python function, Release.",
  kind: 'unmodified',
  write: (stage) => onFreshThreads(stage, plainCallback),
}

export const migratedFreshThread: Client = {
  name: 'migrated-fresh-thread',
  title: 'migrated callback on a thread the library made',
  says: 'As callback-from-fresh-thread, with the calls the design adds: the callback data carries the interpreter that registered it (msg126333).',
  kind: 'migrated',
  doesNotApply: needsNewCalls,
  write: (stage) => onFreshThreads(stage, migratedCallback),
}

function onFreshThreads(stage: Stage, callBack: CallBack): void {
  stage.setUp()
  stage.eachThread((thread, home) => thread.repeat(stage.bounds.rounds, () => callBack(thread, home)))
}
