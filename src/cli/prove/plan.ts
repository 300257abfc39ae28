import type { SearchLimits } from '../../checker/search-limits.ts'
import type { Claim } from '../../judge/claim.ts'
import type { Client } from '../../model/clients/client.ts'
import type { Bounds } from '../../model/cpython/bounds.ts'
import type { Catalogs } from '../cells/catalogs.ts'
import type { Task } from '../cells/task.ts'
import { searchKey } from '../cells/task.ts'
import { baselineOf, statusQuoReading } from '../options/usual-bounds.ts'

/** The searches of a run of `prove`, each once: the matrix, its baseline, and what claims speak of besides. */
export interface Plan {
  readonly tasks: readonly Task[]
  readonly bounds: Bounds
}

export interface PlanOptions {
  readonly bounds: Bounds
  /** Bounds of one client in the matrix, where they differ. */
  readonly boundsFor?: (client: Client) => Bounds
  readonly limits: SearchLimits
  /** Limits of one client, where they differ. */
  readonly limitsFor?: (client: Client) => SearchLimits
  readonly evidence: Task['evidence']
  readonly claimsOnly: boolean
  /** Replay codes of earlier evidence, by search, then by promise. */
  readonly earlier: ReadonlyMap<string, readonly (readonly [string, string])[]>
}

type Wanted = Pick<Task, 'reading' | 'client' | 'bounds' | 'promises'>

export function planProof(catalogs: Catalogs, options: PlanOptions): Plan {
  const { bounds, limits, evidence, earlier } = options
  const wanted = [
    ...(options.claimsOnly ? [] : [...matrix(catalogs, options), ...baseline(catalogs, bounds)]),
    ...ofClaims(catalogs.claims),
  ]
  const byName = new Map(catalogs.clients.map((client) => [client.name, client]))
  const limitsOf = (name: string): SearchLimits => {
    const client = byName.get(name)
    return client === undefined ? limits : (options.limitsFor?.(client) ?? limits)
  }
  const tasks = mergeSearches(wanted).map((task) => ({
    ...task,
    limits: limitsOf(task.client),
    evidence,
    earlier: earlier.get(searchKey(task)) ?? [],
  }))
  return { tasks, bounds }
}

function matrix({ readings, clients, promises }: Catalogs, { bounds, boundsFor = () => bounds }: PlanOptions): readonly Wanted[] {
  const names = promises.map(({ name }) => name)
  return readings.flatMap(({ name: reading, isVariation }) =>
    clients
      .filter((client) => !isVariation || keepsTheRules(client))
      .map((client) => ({ reading, client: client.name, bounds: boundsFor(client), promises: names })),
  )
}

/** A variation is compared with its nominal reading by what it does to programs that somebody would write. */
function keepsTheRules({ kind }: Client): boolean {
  return kind === 'unmodified' || kind === 'migrated'
}

function baseline({ clients, promises }: Catalogs, bounds: Bounds): readonly Wanted[] {
  const names = promises.map(({ name }) => name)
  return clients
    .filter(({ kind }) => kind === 'unmodified')
    .map(({ name: client }) => ({ reading: statusQuoReading, client, bounds: baselineOf(bounds), promises: names }))
}

function ofClaims(claims: readonly Claim[]): readonly Wanted[] {
  const checks = claims.flatMap((claim) => (claim.kind === 'checkable' ? claim.checks : []))
  return checks.map(({ reading, client, bounds, promise }) => ({ reading, client: client.name, bounds, promises: [promise.name] }))
}

/** One search for all promises that are asked about the same reachable states. */
export function mergeSearches(wanted: readonly Wanted[]): readonly Wanted[] {
  const byKey = new Map<string, Wanted>()
  for (const task of wanted) {
    const known = byKey.get(searchKey(task))
    const promises = [...new Set([...(known?.promises ?? []), ...task.promises])]
    byKey.set(searchKey(task), { ...task, promises })
  }
  return [...byKey.values()]
}
