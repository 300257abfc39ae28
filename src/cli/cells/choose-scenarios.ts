import type { Client } from '../../model/clients/client.ts'
import type { Bounds } from '../../model/cpython/bounds.ts'
import type { NamedReading } from '../../model/designs/design.ts'
import type { Scenario } from '../../model/scenarios/elaborate.ts'
import type { Promised } from '../../properties/catalog/promise.ts'
import { refuse } from '../options/counts.ts'
import { statusQuoReading } from '../options/usual-bounds.ts'
import type { Additions, Catalogs } from './catalogs.ts'
import { askable, findClient, findPromise, findReading, findReadings, ownCatalogs } from './catalogs.ts'

/** What was asked for by name; what is left out has a usual value. */
export interface Wanted {
  readonly design?: string
  readonly client?: string
  readonly property?: readonly string[]
}

/** What `check` is to judge. */
export interface Chosen {
  readonly scenarios: readonly Scenario[]
  readonly promises: readonly Promised[]
  readonly catalogs: Catalogs
}

/** Finds what was asked for in the catalogs and in the user's module, if there is one. */
export function chooseScenarios(wanted: Wanted, bounds: Bounds, additions: Additions | undefined): Chosen {
  const catalogs = askable(additions)
  return { scenarios: scenariosOf(wanted, bounds, catalogs, additions), promises: promisesOf(wanted, catalogs, additions), catalogs }
}

function scenariosOf(flags: Wanted, bounds: Bounds, catalogs: Catalogs, additions: Additions | undefined): readonly Scenario[] {
  const readings = readingsFor(flags, catalogs, additions)
  const clients = clientsFor(flags, catalogs, additions)
  return readings.flatMap(({ name, reading }) =>
    clients.flatMap((client) => scenarioOf(name, reading.policy, client, bounds, readings.length * clients.length)),
  )
}

/** A client that cannot be run on the design is skipped among many, and refused when it was asked for. */
function scenarioOf(
  reading: string,
  policy: NamedReading['reading']['policy'],
  client: Client,
  bounds: Bounds,
  many: number,
): readonly Scenario[] {
  const reason = client.doesNotApply?.(policy)
  if (reason === undefined) return [{ reading, policy, client, bounds }]
  if (many > 1) return []
  throw refuse({
    code: 'MC602',
    message: `it cannot be run on ${reading}: ${reason}`,
    hint: 'Choose another design or client.',
    place: [`client ${client.name}`],
  })
}

function readingsFor({ design }: Wanted, catalogs: Catalogs, additions: Additions | undefined): readonly NamedReading[] {
  if (design !== undefined) return findReadings(design, catalogs)
  const own = additions?.readings ?? []
  return own.length > 0 ? own : [findReading(statusQuoReading, catalogs)]
}

function clientsFor({ client }: Wanted, catalogs: Catalogs, additions: Additions | undefined): readonly Client[] {
  if (client !== undefined) return [findClient(client, catalogs)]
  const own = additions?.clients ?? []
  return own.length > 0 ? own : ownCatalogs.clients
}

function promisesOf({ property }: Wanted, catalogs: Catalogs, additions: Additions | undefined): readonly Promised[] {
  if (property !== undefined) return [...new Set(property)].map((name) => findPromise(name, catalogs))
  const own = additions?.promises ?? []
  const isAboutPromises = own.length > 0 && additions?.readings.length === 0 && additions.clients.length === 0
  return isAboutPromises ? own : [...own, ...ownCatalogs.promises.filter(({ name }) => own.every((mine) => mine.name !== name))]
}
