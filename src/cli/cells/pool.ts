import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { InternalError } from '../../foundation/diagnostic.ts'
import type { Order, Task, TaskResult } from './task.ts'
import { searchKey } from './task.ts'

export interface PoolOptions<Result> {
  readonly jobs: number
  readonly signal: AbortSignal
  /** Called after each task. */
  readonly onResult?: (result: Result) => void
  /** What runs in each thread, and what it is given at its start; usual: `worker.ts`. It answers every `Order` with one result. */
  readonly worker?: { readonly file: URL; readonly data: unknown }
}

/**
 * How much a function runs before V8 thinks of optimizing it; three times what is usual. Most searches are over in a tenth of a second, and
 * much of what makes a model ready for them runs seldom (measured: 1 to 4 % of the processor time of `prove`; 13 % when each search had code of its own).
 */
const laterOptimization = '--interrupt-budget=400000'

/**
 * Room for young objects: more than usual, so that the systems of one search are mostly garbage when it is collected (measured: 7 % of the
 * processor time of `prove`).
 */
const resourceLimits = { maxYoungGenerationSizeMb: 96 }

/** The file beside this one, as a source or compiled. */
const workerFile = import.meta.url.endsWith('.ts') ? new URL('./worker.ts', import.meta.url) : new URL('./worker.js', import.meta.url)

/**
 * Runs tasks on several threads. result[i] is that of tasks[i], so the order never depends on who was faster; undefined where the signal
 * came first. Tasks of one client in the same bounds go to one thread, which remembers models it has judged: readings often differ only in
 * calls that the client never makes. A thread that dies rejects with an InternalError that names its task, and ends all others.
 */
export async function runTasks<Result = TaskResult>(
  tasks: readonly Task[],
  { jobs, signal, onResult, worker: { file, data } = { file: workerFile, data: undefined } }: PoolOptions<Result>,
): Promise<readonly (Result | undefined)[]> {
  const results: (Result | undefined)[] = tasks.map(() => undefined)
  if (tasks.length === 0 || signal.aborted) return results
  const groups = groupsOf(tasks)
  setFlagsFromString(laterOptimization)
  const workers = Array.from({ length: Math.min(jobs, groups.length) }, () => new Worker(file, { resourceLimits, workerData: data }))
  try {
    await new Promise<void>((resolve, reject) => {
      let waiting = tasks.length
      signal.addEventListener('abort', () => resolve(), { once: true })
      for (const worker of workers) {
        let group: number[] = []
        let current: number | undefined
        const proceed = (): void => {
          const beginsGroup = group.length === 0
          if (beginsGroup) group = groups.shift() ?? []
          current = group.shift()
          const task = tasks[current ?? -1]
          if (task !== undefined && !signal.aborted) worker.postMessage({ task, beginsGroup } satisfies Order)
        }
        const died = (cause: unknown): void =>
          reject(new InternalError('MC901', `the search of ${nameOf(tasks[current ?? -1])} died: ${cause}`, { cause }))
        worker.on('message', (result: Result) => {
          if (signal.aborted || current === undefined) return
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

/** Positions of the tasks of each client in the same bounds; the largest group first, so that none is left over at the end. */
function groupsOf(tasks: readonly Task[]): number[][] {
  const groups = new Map<string, number[]>()
  for (const [i, { client, bounds }] of tasks.entries()) {
    const key = searchKey({ reading: '', client, bounds })
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [i])
    else group.push(i)
  }
  return [...groups.values()].sort((left, right) => right.length - left.length)
}

function nameOf(task: Task | undefined): string {
  return task === undefined ? 'no task' : `${task.reading} / ${task.client}`
}
