import type { Client } from './client.ts'

export const nestedCallbackWhileDetached: Client = {
  name: 'nested-callback-while-detached',
  title: 'callback inside a callback, GIL let go in between',
  says: 'A callback on a foreign thread calls C code that lets the GIL go and calls back again: Ensure, SaveThread, Ensure, Release, RestoreThread, Release. Any two SWIG modules that call each other make it (pythreads.swg), and so do JPype proxies (jp_proxy.cpp).',
  kind: 'unmodified',
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => {
      thread.repeat(stage.bounds.rounds, () => {
        thread.callback(home, () => {
          const saved = thread.saveThread()
          thread.callback(home)
          thread.restoreThread(saved)
        })
      })
    })
  },
}

export const nestedCallbackWhileAttached: Client = {
  name: 'nested-callback-while-attached',
  title: 'callback inside a callback, GIL kept',
  says: 'A thread started by Python lets the GIL go and is called back; the callback runs C code that calls back again without letting the GIL go: Ensure, Ensure, Release, Release. GDB commands that run Python nest so (gdb/python/python.c).',
  kind: 'unmodified',
  // Where a slot's thread state is ignored, each of the two Ensures makes one, and the readings that do so never delete them.
  threadStates: ({ threads, interpreters, rounds }) => threads * (interpreters + 2 * rounds) + interpreters - 1,
  write: (stage) => {
    stage.startHomeThreads((thread, home) => {
      const saved = thread.saveThread()
      thread.repeat(stage.bounds.rounds, () => {
        thread.callback(home, () => thread.callback(home))
      })
      thread.restoreThread(saved)
      thread.python(home)
    })
  },
}
