import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { FoundCell } from '../../gate/found-cell.ts'
import type { CountingMemory } from '../cells/counting-memory.ts'
import { runTask } from '../cells/run-task.ts'
import type { Task } from '../cells/task.ts'
import { keyOfModel, keyOfNames } from './cache/cache-keys.ts'
import type { CodeDigests } from './cache/code-digests.ts'
import type { EntryName, Recalling } from './cache/recall-verdicts.ts'
import { entryOf, recall } from './cache/recall-verdicts.ts'
import type { VerdictCache } from './cache/verdict-cache.ts'
import type { LazyScenario } from './lazy-scenario.ts'
import { scenarioOf } from './lazy-scenario.ts'
import { tellFinding } from './tell-finding.ts'

/** What judging one task takes, beside the task. */
export interface Bench extends Pick<Recalling, 'catalogs' | 'fingerprints'> {
  readonly memory: CountingMemory
  readonly cached?: Cached
}

export interface Cached {
  readonly cache: VerdictCache
  readonly digests: CodeDigests
  /** Whether everything comes with the package, so that names say what is judged. A user's file may be another one next time. */
  readonly isShipped: boolean
}

export interface JudgedTask {
  readonly cells: readonly FoundCell[]
  /** States searched; none where the verdicts were known. */
  readonly states: number
  readonly isFromCache: boolean
}

/** The verdicts of one search: from the cache where it has them and every violation can be replayed, else found anew and kept. */
export async function judgeTask(task: Task, bench: Bench): Promise<JudgedTask> {
  const { cached } = bench
  if (cached === undefined) return search(task, bench)
  const { cache, digests, isShipped } = cached
  const scenario = scenarioOf(task, bench.catalogs)
  const names = isShipped ? { key: keyOfNames(task), engine: digests.everything } : undefined
  // The same names in the same code are told in the same words; the same model may be told otherwise.
  const byNames = names && recall(names, scenario, { ...bench, cache, trustsWords: true })
  if (byNames !== undefined) return { cells: byNames, states: 0, isFromCache: true }
  const model = modelNameOf(scenario, digests.judging)
  if (model === undefined) return search(task, bench)
  const byModel = recall(model, scenario, { ...bench, cache, trustsWords: false })
  const judged = byModel === undefined ? await search(task, bench) : { cells: byModel, states: 0, isFromCache: true }
  for (const name of byModel === undefined ? [names, model] : [names]) {
    const entry = name && entryOf(name, judged.cells)
    if (entry !== undefined) await cache.write(entry)
  }
  return judged
}

/** Undefined for a scenario that cannot be written down: the search says why. */
function modelNameOf({ elaboration, promises, task }: LazyScenario, engine: string): EntryName | undefined {
  try {
    return { key: keyOfModel(elaboration(), promises, task), engine }
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined
    throw error
  }
}

async function search(task: Task, { catalogs, memory }: Bench): Promise<JudgedTask> {
  const { findings, states } = await runTask(task, catalogs, memory)
  return { cells: findings.map((finding) => tellFinding(finding, catalogs)), states, isFromCache: false }
}
