import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { Cover, Manifest } from '../../gate/manifest.ts'
import type { Bounds } from '../../model/cpython/bounds.ts'
import { largestBounds } from '../../model/cpython/bounds.ts'
import { boundsCode } from '../../report/cell-bounds.ts'
import type { Additions } from '../cells/catalogs.ts'
import { chooseScenarios } from '../cells/choose-scenarios.ts'
import type { Task } from '../cells/task.ts'
import { limitsOf } from '../options/search-options.ts'
import { mergeSearches } from '../prove/plan.ts'

/**
 * The searches of everything that a manifest covers, each once, in an order that depends on their names alone. A client that cannot be run on a
 * reading is left out, as by `check`.
 */
export function planGate({ covers, limits }: Pick<Manifest, 'covers' | 'limits'>, additions: Additions | undefined): readonly Task[] {
  const wanted = covers.flatMap((cover) => searchesOf(cover, additions))
  const { states, seconds, megabytes } = limits
  const searchLimits = limitsOf({
    ...(states === undefined ? {} : { maxStates: states }),
    ...(seconds === undefined ? {} : { maxSeconds: seconds }),
    ...(megabytes === undefined ? {} : { maxMemory: megabytes }),
  })
  return mergeSearches(wanted)
    .map((search): Task => ({ ...search, promises: [...search.promises].sort(), limits: searchLimits, evidence: 'shortest', earlier: [] }))
    .sort((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1))
}

/** Clients first, so that every shard gets its share of the large ones. */
function orderOf({ client, bounds, reading }: Pick<Task, 'client' | 'bounds' | 'reading'>): string {
  return [client, boundsCode(bounds), reading].join('\n')
}

function searchesOf({ designs, clients, properties, bounds }: Cover, additions: Additions | undefined) {
  refuseLarge(bounds)
  const wanted = {
    ...(designs === undefined ? {} : { design: designs }),
    ...(clients === undefined ? {} : { client: clients }),
    ...(properties === undefined ? {} : { property: properties }),
  }
  const { scenarios, promises } = chooseScenarios(wanted, bounds, additions)
  const names = promises.map(({ name }) => name)
  return scenarios.map(({ reading, client }) => ({ reading, client: client.name, bounds, promises: names }))
}

function refuseLarge(bounds: Bounds): void {
  for (const name of ['threads', 'interpreters', 'rounds'] as const) {
    if (bounds[name] <= largestBounds[name]) continue
    const message = `found ${bounds[name]} ${name}; expected at most ${largestBounds[name]}`
    throw new DiagnosticError([{ code: 'MC603', message, place: [`covers ${boundsCode(bounds)}`] }])
  }
}
