import { parentPort, workerData } from 'node:worker_threads'
import type { Diagnostic } from '../../foundation/diagnostic.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import { blameModule } from '../cells/blame-module.ts'
import { askable } from '../cells/catalogs.ts'
import { CountingMemory } from '../cells/counting-memory.ts'
import type { Order, Task } from '../cells/task.ts'
import { loadModules } from '../load-modules.ts'
import type { CodeDigests } from './cache/code-digests.ts'
import type { CacheTroubles } from './cache/verdict-cache.ts'
import { VerdictCache } from './cache/verdict-cache.ts'
import type { JudgedTask } from './judge-task.ts'
import { judgeTask } from './judge-task.ts'

/** What a thread is given at its start. */
export interface GateWorkerData {
  readonly modules: readonly string[]
  /** See `Bench`. */
  readonly fingerprints: ReadonlyMap<string, string>
  readonly cache?: { readonly folder: string; readonly digests: CodeDigests }
}

/** What became of a task. */
export type GateTaskResult =
  | (JudgedTask & { readonly kind: 'judged'; readonly troubles: CacheTroubles })
  /** A file of the user is wrong. */
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }

/** One thread of a gate: as the worker of `prove`, with the user's modules and the cache. */
const { modules, fingerprints, cache: cacheData }: GateWorkerData = workerData
const isShipped = modules.length === 0
const catalogs = loadModules(modules).then(askable)
const cached = cacheData && { cache: new VerdictCache(cacheData.folder), digests: cacheData.digests, isShipped }
const noTroubles: CacheTroubles = { ignored: 0 }
let memory = new CountingMemory()

async function run(task: Task): Promise<GateTaskResult> {
  try {
    const judged = await judgeTask(task, { catalogs: await catalogs, memory, fingerprints, ...(cached === undefined ? {} : { cached }) })
    return { kind: 'judged', ...judged, troubles: cached?.cache.takeTroubles() ?? noTroubles }
  } catch (error) {
    const blamed = isShipped ? error : blameModule(error, task.reading, task.client)
    if (blamed instanceof DiagnosticError) return { kind: 'refused', diagnostics: blamed.diagnostics }
    throw blamed
  }
}

parentPort?.on('message', ({ task, beginsGroup }: Order) => {
  if (beginsGroup) memory = new CountingMemory()
  run(task).then(
    (result) => parentPort?.postMessage(result),
    (error: unknown) => {
      // Out of the promise, so that it ends the thread.
      setImmediate(() => {
        throw error
      })
    },
  )
})
