import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { HelperTask, SearchHelpers } from '../checker/explore/search-helper.ts'
import { InternalError } from '../foundation/diagnostic.ts'

/** What a helping thread says when it has started, and when it waits for the first round of a search. */
export type HelperWord = 'started' | 'ready'

/**
 * So many threads of Node besides the one that checks run on. They start when they may first be needed, help one check after the other, and do not
 * keep the process alive.
 */
export function searchHelpers(count: number, file = new URL('./search-helper-thread.js', import.meta.url)): SearchHelpers {
  const workers: { readonly worker: Worker; readonly started: Promise<void> }[] = []
  const startAll = (): void => {
    while (workers.length < count) {
      const worker = new Worker(file)
      workers.push({ worker, started: hear(worker, 'started').then(() => worker.unref()) })
    }
  }
  return {
    count,
    prepare: async () => {
      startAll()
      await Promise.all(workers.map(({ started }) => started))
    },
    start: async (task: HelperTask) => {
      startAll()
      const { worker, started } = workers[task.thread - 1] ?? noHelper(task.thread)
      worker.postMessage(task)
      await Promise.all([started.then(() => worker.ref()), hear(worker, 'ready')])
      worker.unref()
    },
  }
}

function noHelper(thread: number): never {
  throw new InternalError('MC901', `there is no helper for thread ${thread}`)
}

async function hear(worker: Worker, word: HelperWord): Promise<void> {
  for await (const [said] of on(worker, 'message')) if (said === word) return
}
