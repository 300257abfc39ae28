import type { Client } from './client.ts'

export const attachTwice: Client = {
  name: 'attach-twice',
  title: 'attaches while attached',
  says: 'A thread started by Python runs code that attaches the thread state it is attached with once more, as a wrapper around PyEval_AcquireThread does when it is called with the GIL held (mod_wsgi documents the same for its output bucket, wsgi_buckets.c).',
  kind: 'wrong',
  write: (stage) => {
    stage.startHomeThreads((thread, home, own) => {
      thread.python(home)
      thread.acquireThread(own)
      thread.python(home)
      thread.releaseThread(own)
    })
  },
}
