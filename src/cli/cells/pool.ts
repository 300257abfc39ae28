import { Worker } from 'node:worker_threads'
import { InternalError } from '../../foundation/diagnostic.ts'
import type { Task, TaskResult } from './task.ts'

export interface PoolOptions {
  readonly jobs: number
  readonly signal: AbortSignal
  /** Called after each task. */
  readonly onResult?: (result: TaskResult) => void
}

/** The file beside this one, as a source or compiled. */
const workerFile = import.meta.url.endsWith('.ts') ? new URL('./worker.ts', import.meta.url) : new URL('./worker.js', import.meta.url)

/**
 * Runs tasks on several threads. result[i] is that of tasks[i], so the order never depends on who was faster; undefined where the signal
 * came first. A thread that dies rejects with an InternalError that names its task, and ends all others.
 */
export async function runTasks(
  tasks: readonly Task[],
  { jobs, signal, onResult }: PoolOptions,
): Promise<readonly (TaskResult | undefined)[]> {
  const results: (TaskResult | undefined)[] = tasks.map(() => undefined)
  if (tasks.length === 0 || signal.aborted) return results
  const workers = Array.from({ length: Math.min(jobs, tasks.length) }, () => new Worker(workerFile))
  let next = 0
  try {
    await new Promise<void>((resolve, reject) => {
      let waiting = tasks.length
      signal.addEventListener('abort', () => resolve(), { once: true })
      for (const worker of workers) {
        let current = -1
        const proceed = (): void => {
          current = next++
          const task = tasks[current]
          if (task !== undefined && !signal.aborted) worker.postMessage(task)
        }
        const died = (cause: unknown): void =>
          reject(new InternalError('MC901', `the search of ${nameOf(tasks[current])} died: ${cause}`, { cause }))
        worker.on('message', (result: TaskResult) => {
          if (signal.aborted) return
          results[current] = result
          onResult?.(result)
          waiting -= 1
          if (waiting === 0) resolve()
          else proceed()
        })
        worker.on('error', died)
        worker.on('messageerror', died)
        worker.on('exit', (status) => died(`its thread ended with ${status}`))
        proceed()
      }
    })
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  return results
}

function nameOf(task: Task | undefined): string {
  return task === undefined ? 'no task' : `${task.reading} / ${task.client}`
}
