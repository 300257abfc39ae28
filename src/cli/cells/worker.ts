import { parentPort } from 'node:worker_threads'
import { askable } from './catalogs.ts'
import { CountingMemory } from './counting-memory.ts'
import { runTask } from './run-task.ts'
import type { Order } from './task.ts'

/** One thread of a pool: takes a task, sends back its result, waits for the next. What throws here ends the thread, and the pool tells. */
const catalogs = askable()
let memory = new CountingMemory()

parentPort?.on('message', ({ task, beginsGroup }: Order) => {
  if (beginsGroup) memory = new CountingMemory()
  runTask(task, catalogs, memory).then(
    (result) => parentPort?.postMessage(result),
    (error: unknown) => {
      // Out of the promise, so that it ends the thread.
      setImmediate(() => {
        throw error
      })
    },
  )
})
