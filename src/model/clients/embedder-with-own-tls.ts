import type { Client } from './client.ts'
import { serveWithThreadStates } from './pool-worker.ts'

export const embedderWithOwnTls: Client = {
  name: 'embedder-with-own-tls',
  title: 'embedder that carries its thread state itself',
  says: 'Workers serve all interpreters in turn and never use PyGILState: the embedder keeps the thread state of the running request in thread-local storage of its own, and its callbacks wrap PyEval_RestoreThread and PyEval_SaveThread around it. uWSGI (plugins/python/gil.c) and pycurl (threadsupport.c) do so.',
  kind: 'unmodified',
  write: (stage) => {
    serveWithThreadStates(stage, (thread, home, own) => {
      thread.restoreThread(own)
      thread.python(home)
      const parked = thread.saveThread()
      thread.restoreThread(parked)
      thread.python(home)
      thread.saveThread()
    })
  },
}
