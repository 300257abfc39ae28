import type { ThreadState } from '../../cpython/vocabulary.ts'
import type { Place } from '../../language/builder.ts'
import type { Client } from '../client.ts'
import type { ClientThread } from '../client-thread.ts'
import { withoutTheGil } from '../finalizing-stage.ts'
import type { Stage } from '../stage.ts'

const pool =
  'uWSGI (plugins/python/python_plugin.c, pyloader.c, gil.c) makes, on its main thread, a thread state for each core and each application; a core restores the one it keeps in a key of its own, and for a request to an application in a sub-interpreter swaps that one in and out again (wsgi_handlers.c).'

export const uwsgiCores: Client = {
  name: 'uwsgi-cores-get-their-thread-states',
  title: 'cores that run with thread states made by the main thread',
  says: `${pool} The application uses an extension module that lets the GIL go and calls back.`,
  story: 'A core attaches a thread state that the main thread made for it, and is called back.',
  kind: 'unmodified',
  threadStates: ({ threads, interpreters }) => threads * (interpreters + 1) + interpreters,
  write: (stage) => serve(stage, (thread, home) => withoutTheGil(thread, () => void thread.callback(home))),
}

export const uwsgiSuspends: Client = {
  name: 'uwsgi-suspends-inside-a-request',
  title: 'cores that look their thread state up with GILState inside a request',
  says: `${pool} When the application suspends, uWSGI looks up the current thread state between PyGILState_Ensure and PyGILState_Release, attached to the sub-interpreter.`,
  story: 'A core that is attached to a sub-interpreter calls PyGILState_Ensure.',
  kind: 'unmodified',
  threadStates: ({ threads, interpreters }) => threads * (interpreters + 1) + interpreters,
  write: (stage) => {
    serve(stage, (thread) => {
      const state = thread.ensure()
      thread.get()
      thread.release(state)
    })
  },
}

function serve(stage: Stage, request: (thread: ClientThread, home: Parameters<ClientThread['python']>[0]) => void): void {
  const { main, mainInterpreter } = stage
  const { threadStateOrNone } = stage.runtime.vocabulary
  const coreOf = (thread: ClientThread): Place<ThreadState> => stage.shared(`main thread state of ${thread.name}`, threadStateOrNone)
  const appOf = (thread: ClientThread): Place<ThreadState> => stage.shared(`application thread state of ${thread.name}`, threadStateOrNone)
  stage.setUp(() => {
    for (const [i, thread] of stage.threads.entries()) {
      main.set(coreOf(thread), main.newThreadState(mainInterpreter))
      main.set(appOf(thread), main.newThreadState(stage.homeOf(i)))
    }
  })
  stage.eachThread((thread, home) => {
    thread.repeat(stage.bounds.rounds, () => {
      thread.restoreThread(coreOf(thread))
      thread.swap(appOf(thread))
      thread.python(home)
      request(thread, home)
      thread.swap(coreOf(thread))
      thread.python(mainInterpreter)
      thread.saveThread()
    })
  })
}
