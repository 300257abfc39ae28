import type { SearchLimits } from '../../checker/search-limits.ts'
import type { JudgedReleases } from '../../judge/releases-input.ts'
import type { Client } from '../../model/clients/client.ts'
import type { NamedReading } from '../../model/designs/design.ts'
import { readingsOf } from '../../model/designs/design.ts'
import { pep788 } from '../../model/designs/pep-788.ts'
import { releasedReadings } from '../../model/designs/releases.ts'
import { guardPromises } from '../../properties/catalog/later-catalog.ts'
import { nothingFreedIsUsed } from '../../properties/catalog/nothing-freed-is-used.ts'
import { onlyTheFinalizingThreadRuns } from '../../properties/catalog/only-the-finalizing-thread-runs.ts'
import { pairRestoresAttachment } from '../../properties/catalog/pair-restores-attachment.ts'
import { pairRestoresSlot } from '../../properties/catalog/pair-restores-slot.ts'
import type { Promised } from '../../properties/catalog/promise.ts'
import type { Finding } from '../../report/finding.ts'
import { laterCatalogs, ownCatalogs } from '../cells/catalogs.ts'
import type { Task } from '../cells/task.ts'
import { searchKey } from '../cells/task.ts'
import { usualBounds } from '../options/usual-bounds.ts'

/** What `prove --releases` judges: programs that somebody would write, on every release as it was released. */
export interface Releases {
  readonly releases: readonly NamedReading[]
  readonly clients: readonly Client[]
  readonly promises: readonly Promised[]
  /** What the newest API promises, and the texts that came before it was released. */
  readonly newest: JudgedReleases['newest']
}

/** The clients of the debate that use no call that somebody proposed then, and all that came later. */
export const releases: Releases = {
  releases: releasedReadings,
  clients: laterCatalogs.clients.filter((client) => client.kind === 'unmodified' || !ownCatalogs.clients.includes(client)),
  promises: laterCatalogs.promises,
  newest: {
    own: guardPromises,
    repeated: [pairRestoresAttachment, pairRestoresSlot, nothingFreedIsUsed, onlyTheFinalizingThreadRuns],
    revisions: readingsOf(pep788).filter(({ isVariation }) => !isVariation),
  },
}

/** States and memory, and no time: they cut at the same place on every machine. The largest model has 2.3 million states. */
export const usualReleaseLimits: SearchLimits = { states: 3_000_000, memory: 2 ** 31 }

/** Verdicts alone, with a digest of each model: first everything. Revisions of the newest API meet only programs that use it. */
export function planVerdicts({ releases: readings, clients, promises, newest }: Releases, limits: SearchLimits): readonly Task[] {
  const task = (reading: string, client: string, asked: readonly Promised[]): Task => ({
    reading,
    client,
    bounds: usualBounds,
    promises: asked.map(({ name }) => name),
    limits,
    evidence: 'none',
    earlier: [],
  })
  const migrated = clients.filter(({ kind }) => kind === 'migrated')
  return [
    ...readings.flatMap(({ name }) => clients.map((client) => task(name, client.name, promises))),
    ...newest.revisions.flatMap(({ name }) => migrated.map((client) => task(name, client.name, [...newest.own, ...newest.repeated]))),
  ]
}

/** Then a shortest trace for each violation that the release before does not have. */
export function planTraces(
  { releases: readings }: Releases,
  findings: readonly Finding[],
  { limits, earlier }: { readonly limits: SearchLimits; readonly earlier: ReadonlyMap<string, Task['earlier']> },
): readonly Task[] {
  const violated = new Set(findings.filter(({ status }) => status === 'violated').map(({ cell }) => cellKeyOf(cell)))
  const before = new Map(readings.map(({ name }, i) => [name, readings[i - 1]?.name ?? '']))
  const wanted = new Map<string, Task>()
  for (const { cell } of findings) {
    const { reading, client, bounds, property } = cell
    if (!before.has(reading) || !violated.has(cellKeyOf(cell)) || violated.has(cellKeyOf({ ...cell, reading: before.get(reading) ?? '' })))
      continue
    const key = searchKey(cell)
    const promises = [...(wanted.get(key)?.promises ?? []), property]
    wanted.set(key, { reading, client, bounds, promises, limits, evidence: 'shortest', earlier: earlier.get(key) ?? [] })
  }
  return [...wanted.values()]
}

/** The findings of the first plan, with the traces that the second one found. */
export function withTraces(findings: readonly Finding[], traces: readonly Finding[]): readonly Finding[] {
  const byCell = new Map(traces.map((finding) => [cellKeyOf(finding.cell), finding.evidence]))
  return findings.map((finding) => {
    const evidence = byCell.get(cellKeyOf(finding.cell))
    return evidence === undefined ? finding : { ...finding, evidence }
  })
}

function cellKeyOf(cell: Finding['cell']): string {
  return `${searchKey(cell)}\n${cell.property}`
}
