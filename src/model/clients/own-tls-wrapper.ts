import { isNone } from '../language/builder.ts'
import type { Client } from './client.ts'
import { needsNewCalls } from './client.ts'
import type { ClientThread } from './client-thread.ts'
import { serveWithThreadStates } from './pool-worker.ts'
import type { Stage } from './stage.ts'

const wrapper =
  'mod_wsgi defines its own thread-local location for the interpreter that currently handles callbacks, and SWIG generates wrappers that pass what they find there to the calls the design adds (msg126351).'

export const migratedOwnTlsWrapper: Client = {
  name: 'migrated-own-tls-wrapper',
  title: "wrappers that look into the embedder's own TLS, worker threads",
  says: `${wrapper} The callbacks come on the worker threads, whose location the embedder sets for every request.`,
  kind: 'migrated',
  doesNotApply: needsNewCalls,
  write: (stage) => {
    serveWithThreadStates(stage, (thread, home, own) => {
      const location = locationOf(stage, thread)
      thread.set(location, home, 'stores the interpreter in its own TLS')
      thread.acquireThread(own)
      thread.python(home)
      const saved = thread.saveThread()
      thread.migratedCallback(home, undefined, location)
      thread.restoreThread(saved)
      thread.releaseThread(own)
    })
  },
}

export const migratedOwnTlsWrapperOnFreshThread: Client = {
  name: 'migrated-own-tls-wrapper-on-fresh-thread',
  title: "wrappers that look into the embedder's own TLS, thread of a library",
  says: `${wrapper} The callbacks come on threads that a library made and the embedder does not know of, so the location was never set and means the main interpreter (msg126354).`,
  kind: 'migrated',
  doesNotApply: needsNewCalls,
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => {
      const location = locationOf(stage, thread)
      const isUnset = isNone(location, stage.runtime.vocabulary.interpreterOrNone)
      thread.repeat(stage.bounds.rounds, () => {
        thread.when(isUnset, () =>
          thread.set(location, stage.mainInterpreter, 'finds nothing in its own TLS and takes the main interpreter'),
        )
        thread.migratedCallback(home, undefined, location)
      })
    })
  },
}

/** The embedder's own thread-local variable; empty at first. */
function locationOf(stage: Stage, thread: ClientThread) {
  return thread.local('interpreter in its own TLS', stage.runtime.vocabulary.interpreterOrNone)
}
