import type { Client } from './client.ts'
import { needsNewCalls } from './client.ts'
import type { CallBack } from './client-thread.ts'
import { migratedCallback, plainCallback } from './client-thread.ts'
import { serveInTurn } from './pool-worker.ts'
import type { Stage } from './stage.ts'

export const helperThreadOfTwoInterpreters: Client = {
  name: 'helper-thread-of-two-interpreters',
  title: 'helper thread of a library that several interpreters use',
  says: 'A library (GPU driver, message bus, resolver) manages a helper thread of its own and calls back from it into whichever interpreter registered the callback that is due, with the plain pair. The case that msg126354 calls hopeless for thread-local storage.',
  kind: 'unmodified',
  write: (stage) => serveAll(stage, plainCallback),
}

export const migratedHelperThread: Client = {
  name: 'migrated-helper-thread',
  title: 'migrated helper thread that several interpreters use',
  says: 'As helper-thread-of-two-interpreters, with the calls the design adds: the callback data carries the interpreter that registered it (msg126354).',
  kind: 'migrated',
  doesNotApply: needsNewCalls,
  write: (stage) => serveAll(stage, migratedCallback),
}

function serveAll(stage: Stage, callBack: CallBack): void {
  serveInTurn(stage, (thread, home) => callBack(thread, home))
}
