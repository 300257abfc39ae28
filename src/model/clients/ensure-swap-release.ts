import type { Client } from './client.ts'

export const ensureSwapBackRelease: Client = {
  name: 'ensure-swap-back-release',
  title: 'switches interpreter inside a callback, and back',
  says: 'A foreign thread takes the GIL with PyGILState_Ensure, makes a thread state in another interpreter, swaps it in, runs, swaps back, and releases: the state is what it was, as the documentation of Release asks. Embedders that reach several interpreters from one callback do so (mod_wsgi, wsgi_interp.c).',
  kind: 'unmodified',
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => {
      thread.repeat(stage.bounds.rounds, () => {
        thread.callback(stage.mainInterpreter, () => {
          const made = thread.newThreadState(home)
          const old = thread.swap(made)
          thread.python(home)
          thread.swap(old)
          thread.clear(made)
          thread.delete(made)
        })
      })
    })
  },
}

export const ensureSwapRelease: Client = {
  name: 'ensure-swap-release',
  title: 'switches interpreter inside a callback, and not back',
  says: 'As ensure-swap-back-release, but the thread releases while still attached to the other interpreter, against "the state must be the same as before the call". Asked for in msg126406: something should complain.',
  kind: 'wrong',
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => {
      thread.callback(stage.mainInterpreter, () => {
        thread.swap(thread.newThreadState(home))
        thread.python(home)
      })
    })
  },
}
