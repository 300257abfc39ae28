import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { SearchHelpers } from '../checker/explore/search-helper.ts'

/** So many threads of Node besides the one that a check runs on. They end with the check, and do not keep the process alive. */
export function searchHelpers(count: number, file = new URL('./search-helper-thread.js', import.meta.url)): SearchHelpers {
  return {
    count,
    start: async (task) => {
      const worker = new Worker(file, { workerData: task })
      await once(worker, 'message')
      worker.unref()
    },
  }
}
