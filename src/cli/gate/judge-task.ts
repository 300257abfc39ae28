import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { CachedVerdict, CacheEntry } from '../../gate/cache-entry.ts'
import type { FoundCell } from '../../gate/found-cell.ts'
import { gateKey } from '../../gate/found-cell.ts'
import { verdictOf } from '../../gate/gate-verdict.ts'
import { tellCounterexample } from '../../gate/tell-counterexample.ts'
import type { Replayed } from '../../judge/replay-evidence.ts'
import { replayEvidence } from '../../judge/replay-evidence.ts'
import type { Elaboration } from '../../model/scenarios/elaborate.ts'
import { elaborate } from '../../model/scenarios/elaborate.ts'
import type { Promised } from '../../properties/catalog/promise.ts'
import type { Finding } from '../../report/finding.ts'
import type { Catalogs } from '../cells/catalogs.ts'
import { findClient, findPromise, findReading } from '../cells/catalogs.ts'
import type { CountingMemory } from '../cells/counting-memory.ts'
import { runTask } from '../cells/run-task.ts'
import type { Task } from '../cells/task.ts'
import { contextOf } from '../render-finding.ts'
import { keyOfModel, keyOfNames } from './cache/cache-keys.ts'
import type { CodeDigests } from './cache/code-digests.ts'
import type { VerdictCache } from './cache/verdict-cache.ts'

/** What judging one task takes, beside the task. */
export interface Bench {
  readonly catalogs: Catalogs
  readonly memory: CountingMemory
  /** Fingerprints of the manifest, by `gateKey`: a trace that it has need not be told. */
  readonly fingerprints: ReadonlyMap<string, string>
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

interface LazyScenario {
  readonly task: Task
  readonly promises: readonly Promised[]
  /** Written down once, when it is first needed. */
  readonly elaboration: () => Elaboration
}

function scenarioOf(task: Task, catalogs: Catalogs): LazyScenario {
  const { policy } = findReading(task.reading, catalogs).reading
  const client = findClient(task.client, catalogs)
  let elaboration: Elaboration | undefined
  return {
    task,
    promises: task.promises.map((name) => findPromise(name, catalogs)),
    elaboration: () => {
      elaboration ??= elaborate({ reading: task.reading, policy, client, bounds: task.bounds })
      return elaboration
    },
  }
}

type EntryName = Pick<CacheEntry, 'key' | 'engine'>

interface Recalling extends Bench {
  readonly cache: VerdictCache
  /** Whether fingerprints in entries are still those of the traces, which follow from what readers are told. */
  readonly trustsWords: boolean
}

/** What an entry says, once each violation in it was replayed by the reference semantics. */
function recall(name: EntryName, scenario: LazyScenario, recalling: Recalling): readonly FoundCell[] | undefined {
  const { cache } = recalling
  const entry = cache.read(name.key, name.engine)
  if (entry === undefined) return undefined
  const cells = cellsOf(entry, scenario, recalling)
  if (cells === undefined) cache.distrust()
  return cells
}

/** Undefined where the entry lacks a promise, or one of its violations does not replay. */
function cellsOf(entry: CacheEntry, { task, promises, elaboration }: LazyScenario, recalling: Recalling): readonly FoundCell[] | undefined {
  const verdicts = new Map(Object.entries(entry.verdicts))
  const violated = promises.flatMap((promise) => {
    const verdict = verdicts.get(promise.name)
    return verdict?.status === 'violated' ? [{ promise, ...verdict }] : []
  })
  const replayed = violated.length === 0 ? new Map<string, Replayed>() : replayEvidence(elaboration(), violated)
  const { reading, client, bounds } = task
  const cells = promises.flatMap(({ name: property }): readonly FoundCell[] => {
    const cell = { reading, client, property, bounds }
    const verdict = verdicts.get(property)
    if (verdict === undefined) return []
    if (verdict.status !== 'violated') return [{ cell, verdict: verdictOf(verdict.status) }]
    const evidence = replayed?.get(property)
    return evidence === undefined ? [] : [cellOfReplayed(cell, verdict, evidence, recalling)]
  })
  return cells.length === promises.length ? cells : undefined
}

function cellOfReplayed(
  cell: FoundCell['cell'],
  { fingerprint }: Extract<CachedVerdict, { status: 'violated' }>,
  { replayCode, tell }: Replayed,
  { fingerprints, catalogs, trustsWords }: Recalling,
): FoundCell {
  if (trustsWords && fingerprints.get(gateKey(cell)) === fingerprint) {
    return { cell, verdict: 'violated', counterexample: { replayCode, fingerprint } }
  }
  return tellFinding({ cell, status: 'violated', evidence: tell() }, catalogs)
}

/** Undefined where something was left undecided: that is tried again. */
function entryOf({ key, engine }: EntryName, cells: readonly FoundCell[]): CacheEntry | undefined {
  const verdicts = cells.flatMap(({ cell, verdict, counterexample }): readonly (readonly [string, CachedVerdict])[] => {
    if (verdict === 'holds') return [[cell.property, { status: 'safe' }]]
    if (verdict === 'never-exercised') return [[cell.property, { status: verdict }]]
    if (verdict !== 'violated' || counterexample?.told === undefined) return []
    const { replayCode, fingerprint, told } = counterexample
    return [[cell.property, { status: verdict, replayCode, fingerprint, isShortest: told.isShortest }]]
  })
  return verdicts.length === cells.length ? { key, engine, verdicts: Object.fromEntries(verdicts) } : undefined
}

function tellFinding(finding: Finding, catalogs: Catalogs): FoundCell {
  const { cell, status, search: seen, evidence } = finding
  return {
    cell,
    verdict: verdictOf(status),
    ...(status === 'undecided' ? { reason: reasonOf(seen?.limit ?? 'unknown') } : {}),
    ...(evidence === undefined ? {} : { counterexample: tellCounterexample(evidence, contextOf(finding, catalogs)) }),
  }
}

/** `runTask` says there too that a model went wrong. */
function reasonOf(limit: string): string {
  return limit.startsWith('the model') ? limit : `a limit was hit: ${limit}`
}
