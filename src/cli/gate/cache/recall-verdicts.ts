import type { CachedVerdict, CacheEntry } from '../../../gate/cache-entry.ts'
import type { FoundCell } from '../../../gate/found-cell.ts'
import { gateKey } from '../../../gate/found-cell.ts'
import { verdictOf } from '../../../gate/gate-verdict.ts'
import type { Replayed } from '../../../judge/replay-evidence.ts'
import { replayEvidence } from '../../../judge/replay-evidence.ts'
import type { Catalogs } from '../../cells/catalogs.ts'
import type { LazyScenario } from '../lazy-scenario.ts'
import { tellFinding } from '../tell-finding.ts'
import type { VerdictCache } from './verdict-cache.ts'

/** Where an entry is. */
export type EntryName = Pick<CacheEntry, 'key' | 'engine'>

export interface Recalling {
  readonly catalogs: Catalogs
  /** Fingerprints of the manifest, by `gateKey`: a trace that it has need not be told. */
  readonly fingerprints: ReadonlyMap<string, string>
  readonly cache: VerdictCache
  /** Whether fingerprints in entries are still those of the traces, which follow from what readers are told. */
  readonly trustsWords: boolean
}

/** What an entry says, once each violation in it was replayed by the reference semantics. */
export function recall(name: EntryName, scenario: LazyScenario, recalling: Recalling): readonly FoundCell[] | undefined {
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

/** What is kept of verdicts. Undefined where something was left undecided: that is tried again. */
export function entryOf({ key, engine }: EntryName, cells: readonly FoundCell[]): CacheEntry | undefined {
  const verdicts = cells.flatMap(({ cell, verdict, counterexample }): readonly (readonly [string, CachedVerdict])[] => {
    if (verdict === 'holds') return [[cell.property, { status: 'safe' }]]
    if (verdict === 'never-exercised') return [[cell.property, { status: verdict }]]
    if (verdict !== 'violated' || counterexample?.told === undefined) return []
    const { replayCode, fingerprint, told } = counterexample
    return [[cell.property, { status: verdict, replayCode, fingerprint, isShortest: told.isShortest }]]
  })
  return verdicts.length === cells.length ? { key, engine, verdicts: Object.fromEntries(verdicts) } : undefined
}
