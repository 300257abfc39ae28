import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { HelperTask, SearchHelpers } from '../checker/explore/search-helper.ts'

/**
 * So many threads of Node besides the one that checks run on. They start when they are first needed, help one check after the other, and do not
 * keep the process alive.
 */
export function searchHelpers(count: number, file = new URL('./search-helper-thread.js', import.meta.url)): SearchHelpers {
  const workers = new Map<number, Worker>()
  return {
    count,
    start: async (task: HelperTask) => {
      const worker = workers.get(task.thread) ?? new Worker(file)
      workers.set(task.thread, worker)
      worker.ref()
      worker.postMessage(task)
      await once(worker, 'message')
      worker.unref()
    },
  }
}
