import { parentPort, workerData } from 'node:worker_threads'
import type { HelperTask } from '../checker/explore/search-helper.ts'
import { helpSearch } from '../checker/explore/search-helper.ts'

/** The thread that `searchHelpers` starts. */
helpSearch(workerData as HelperTask, () => parentPort?.postMessage('ready'))
