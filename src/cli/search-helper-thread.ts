import { parentPort } from 'node:worker_threads'
import type { HelperTask } from '../checker/explore/search-helper.ts'
import { helpSearch } from '../checker/explore/search-helper.ts'
import type { HelperWord } from './search-helpers.ts'

/** The thread that `searchHelpers` starts: it answers each task once it waits for the first round, and takes the next when the check is over. */
const say = (word: HelperWord): void => parentPort?.postMessage(word)
parentPort?.on('message', (task: HelperTask) => helpSearch(task, () => say('ready')))
say('started')
