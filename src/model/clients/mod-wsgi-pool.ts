import type { Client } from './client.ts'
import { needsEnsureEx, needsInterpreterSwap, needsNewCalls } from './client.ts'
import type { CallBack } from './client-thread.ts'
import { migratedCallback, plainCallback } from './client-thread.ts'
import { serveInTurn, serveWithThreadStates } from './pool-worker.ts'
import type { Stage } from './stage.ts'

export const modWsgiPool: Client = {
  name: 'mod-wsgi-pool',
  title: 'thread pool that serves all interpreters, unmodified callbacks',
  says: 'Workers of mod_wsgi (wsgi_interp.c) serve requests for any interpreter in turn, with one thread state per thread and interpreter in a table of their own: PyEval_AcquireThread, the request, PyEval_ReleaseThread. The request uses an extension module that lets the GIL go and calls back with the plain pair (msg126387).',
  kind: 'unmodified',
  write: (stage) => serve(stage, plainCallback),
}

export const migratedPool: Client = {
  name: 'migrated-pool',
  title: 'thread pool that serves all interpreters, migrated callbacks',
  says: 'As mod-wsgi-pool, but the extension module uses the calls the design adds; the pool itself is unchanged.',
  kind: 'migrated',
  doesNotApply: needsNewCalls,
  write: (stage) => serve(stage, migratedCallback),
}

export const migratedEmbedder: Client = {
  name: 'migrated-embedder',
  title: 'pool that says which interpreter is current, unmodified callbacks',
  says: 'As mod-wsgi-pool, but the pool calls PyInterpreterState_Swap before it attaches and again after it lets go, so that the extension modules need not change (msg126348, msg126355).',
  kind: 'migrated',
  doesNotApply: needsInterpreterSwap,
  write: (stage) => {
    serveWithThreadStates(stage, (thread, home, own) => {
      const before = thread.swapInterpreter(home)
      thread.acquireThread(own)
      thread.python(home)
      const saved = thread.saveThread()
      thread.callback(home)
      thread.restoreThread(saved)
      thread.releaseThread(own)
      thread.swapInterpreter(before)
    })
  },
}

export const migratedEmbedderWithEnsureEx: Client = {
  name: 'migrated-embedder-with-ensure-ex',
  title: 'pool that attaches with EnsureEx, unmodified callbacks',
  says: 'As mod-wsgi-pool, but the pool gives up its table of thread states and attaches with PyGILState_EnsureEx of the interpreter it serves; the extension modules do not change (third scenario of msg126387).',
  kind: 'migrated',
  doesNotApply: needsEnsureEx,
  write: (stage) => {
    serveInTurn(stage, (thread, home) => {
      thread.migratedCallback(home, () => {
        const saved = thread.saveThread()
        thread.callback(home)
        thread.restoreThread(saved)
      })
    })
  },
}

function serve(stage: Stage, callBack: CallBack): void {
  serveWithThreadStates(stage, (thread, home, own) => {
    thread.acquireThread(own)
    thread.python(home)
    const saved = thread.saveThread()
    callBack(thread, home)
    thread.restoreThread(saved)
    thread.releaseThread(own)
  })
}
