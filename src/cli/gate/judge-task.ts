import { decodeTraceCode } from '../../checker/trace/trace-code.ts'
import type { CacheEntry } from '../../gate/cache-entry.ts'
import type { FoundCell } from '../../gate/found-cell.ts'
import { verdictOf } from '../../gate/gate-verdict.ts'
import { tellCounterexample } from '../../gate/tell-counterexample.ts'
import { findEvidence } from '../../judge/find-evidence.ts'
import type { Elaboration } from '../../model/scenarios/elaborate.ts'
import { elaborate } from '../../model/scenarios/elaborate.ts'
import type { Promised } from '../../properties/catalog/promise.ts'
import type { Evidence, Finding } from '../../report/finding.ts'
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
export async function judgeTask(task: Task, { catalogs, memory, cached }: Bench): Promise<JudgedTask> {
  const tell = (finding: Finding): FoundCell => tellFinding(finding, catalogs)
  if (cached === undefined) {
    const { findings, states } = await runTask(task, catalogs, memory)
    return { cells: findings.map(tell), states, isFromCache: false }
  }
  const scenario = scenarioOf(task, catalogs)
  const names = cached.isShipped ? { key: keyOfNames(task), engine: cached.digests.everything } : undefined
  const byName = names === undefined ? undefined : await recall(names, scenario, cached.cache)
  if (byName !== undefined) return { cells: byName.map(tell), states: 0, isFromCache: true }
  const model = { key: keyOfModel(scenario.elaboration(), scenario.promises, task), engine: cached.digests.judging }
  const byModel = await recall(model, scenario, cached.cache)
  const { findings, states } = byModel === undefined ? await runTask(task, catalogs, memory) : { findings: byModel, states: 0 }
  for (const name of byModel === undefined ? [names, model] : [names]) {
    const entry = name === undefined ? undefined : entryOf(name, findings)
    if (entry !== undefined) await cached.cache.write(entry)
  }
  return { cells: findings.map(tell), states, isFromCache: byModel !== undefined }
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

/** What an entry says, once each violation in it was replayed by the reference semantics. */
async function recall(name: EntryName, scenario: LazyScenario, cache: VerdictCache): Promise<readonly Finding[] | undefined> {
  const entry = cache.read(name.key, name.engine)
  if (entry === undefined) return undefined
  const findings = await findingsOf(entry, scenario)
  if (findings === undefined) cache.distrust()
  return findings
}

/** Undefined where the entry lacks a promise, or one of its violations does not replay. */
async function findingsOf({ verdicts, search }: CacheEntry, scenario: LazyScenario): Promise<readonly Finding[] | undefined> {
  const { task, promises } = scenario
  const codes = new Map(
    Object.entries(verdicts).flatMap(([name, verdict]) => ('replayCode' in verdict ? [[name, verdict.replayCode]] : [])),
  )
  const violated = promises.filter(({ name }) => codes.has(name))
  const replayed =
    violated.length === 0
      ? { ok: true as const, value: new Map<string, Evidence>() }
      : await findEvidence(scenario.elaboration(), violated, { earlier: codes, evidenceLimits: { states: 1 } })
  if (!replayed.ok) return undefined
  const { reading, client, bounds } = task
  const findings = promises.flatMap(({ name: property }): readonly Finding[] => {
    const verdict = verdicts[property]
    const evidence = replayed.value.get(property)
    if (verdict === undefined) return []
    const finding = {
      cell: { reading, client, property, bounds },
      status: verdict.status,
      search: { coverage: 'exhaustive', ...search },
    } as const
    if (verdict.status !== 'violated') return [finding]
    if (evidence === undefined || !isSameTrace(evidence.replayCode, verdict.replayCode)) return []
    return [{ ...finding, evidence: { ...evidence, isShortest: verdict.isShortest } }]
  })
  return findings.length === promises.length ? findings : undefined
}

/** Whether two codes take the same steps in the same model; the names of their cells may differ. */
function isSameTrace(one: string, other: string): boolean {
  const [left, right] = [decodeTraceCode(one), decodeTraceCode(other)]
  return left.ok && right.ok && left.value.digest === right.value.digest && left.value.choices.join() === right.value.choices.join()
}

/** Undefined where something was left undecided: that is tried again. */
function entryOf({ key, engine }: EntryName, findings: readonly Finding[]): CacheEntry | undefined {
  const [first] = findings
  if (first?.search?.coverage !== 'exhaustive') return undefined
  const verdicts = findings.flatMap(({ cell, status, evidence }): readonly (readonly [string, CacheEntry['verdicts'][string]])[] => {
    if (status === 'safe' || status === 'never-exercised') return [[cell.property, { status }]]
    if (evidence === undefined) return []
    return [[cell.property, { status: 'violated', replayCode: evidence.replayCode, isShortest: evidence.isShortest }]]
  })
  if (verdicts.length !== findings.length) return undefined
  const { distinctStates, transitions, diameter } = first.search
  return { key, engine, search: { distinctStates, transitions, diameter }, verdicts: Object.fromEntries(verdicts) }
}

function tellFinding(finding: Finding, catalogs: Catalogs): FoundCell {
  const { cell, status, search, evidence } = finding
  return {
    cell,
    verdict: verdictOf(status),
    ...(status === 'undecided' ? { reason: reasonOf(search?.limit ?? 'unknown') } : {}),
    ...(evidence === undefined ? {} : { counterexample: tellCounterexample(evidence, contextOf(finding, catalogs)) }),
  }
}

/** `runTask` says there too that a model went wrong. */
function reasonOf(limit: string): string {
  return limit.startsWith('the model') ? limit : `a limit was hit: ${limit}`
}
