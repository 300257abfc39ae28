import { parentPort } from 'node:worker_threads'
import type { HelperTask } from '../checker/explore/search-helper.ts'
import { helpSearch } from '../checker/explore/search-helper.ts'

/** The thread that `searchHelpers` starts: it answers each task once it waits for the first round, and takes the next when the check is over. */
parentPort?.on('message', (task: HelperTask) => helpSearch(task, () => parentPort?.postMessage('ready')))
