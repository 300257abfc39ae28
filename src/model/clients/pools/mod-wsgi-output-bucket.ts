import type { Client } from '../client.ts'
import type { ClientThread } from '../client-thread.ts'

export const modWsgiOutputBucket: Client = {
  name: 'mod-wsgi-output-bucket',
  title: 'buffer of an interpreter destroyed inside or outside of the request',
  says: 'mod_wsgi (src/server/wsgi_buckets.c) hands a bytes object of an interpreter to the filters of Apache; the bucket takes the interpreter, with PyEval_AcquireThread, to drop its reference. Its comment says that this path must not be entered by a thread that is attached, and a filter inside of the request would do so: here it may.',
  story: 'A filter destroys the bucket while the request is still attached.',
  kind: 'wrong',
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => {
      const own = thread.newThreadState(home)
      const destroy = (worker: ClientThread): void => {
        worker.acquireThread(own)
        worker.python(home)
        worker.releaseThread(own)
      }
      thread.acquireThread(own)
      thread.python(home)
      thread.choose(
        { says: 'sets the bucket aside', do: () => undefined },
        { says: 'a filter destroys a bucket', do: () => destroy(thread) },
      )
      thread.releaseThread(own)
      destroy(thread)
    })
  },
}
