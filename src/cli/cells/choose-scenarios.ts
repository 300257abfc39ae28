import type { Client } from '../../model/clients/client.ts'
import type { Bounds } from '../../model/cpython/bounds.ts'
import type { NamedReading } from '../../model/designs/design.ts'
import type { Scenario } from '../../model/scenarios/elaborate.ts'
import type { Promised } from '../../properties/catalog/promise.ts'
import { refuse } from '../options/counts.ts'
import { statusQuoReading } from '../options/usual-bounds.ts'
import type { Additions, Catalogs } from './catalogs.ts'
import { askable, catalogsFor, findClient, findPromise, findReading, findReadings } from './catalogs.ts'

/** What was asked for by name; what is left out has a usual value. */
export interface Wanted {
  readonly design?: string | readonly string[]
  readonly client?: string | readonly string[]
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
  const readings = readingsFor(wanted, catalogs, additions)
  const usual = catalogsFor(readings)
  return {
    scenarios: scenariosOf(readings, clientsFor(wanted, { catalogs, usual, additions }), bounds),
    promises: promisesOf(wanted, { catalogs, usual, additions }),
    catalogs,
  }
}

/** Where names are looked up, what is taken where nothing was named, and what the user's module has. */
interface Known {
  readonly catalogs: Catalogs
  readonly usual: Catalogs
  readonly additions: Additions | undefined
}

function scenariosOf(readings: readonly NamedReading[], clients: readonly Client[], bounds: Bounds): readonly Scenario[] {
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
  if (design !== undefined) return [...new Set([design].flat().flatMap((name) => findReadings(name, catalogs)))]
  const own = additions?.readings ?? []
  return own.length > 0 ? own : [findReading(statusQuoReading, catalogs)]
}

function clientsFor({ client }: Wanted, { catalogs, usual, additions }: Known): readonly Client[] {
  if (client !== undefined) return [...new Set([client].flat().map((name) => findClient(name, catalogs)))]
  const own = additions?.clients ?? []
  return own.length > 0 ? own : usual.clients
}

function promisesOf({ property }: Wanted, { catalogs, usual, additions }: Known): readonly Promised[] {
  if (property !== undefined) return [...new Set(property)].map((name) => findPromise(name, catalogs))
  const own = additions?.promises ?? []
  const isAboutPromises = own.length > 0 && additions?.readings.length === 0 && additions.clients.length === 0
  return isAboutPromises ? own : [...own, ...usual.promises.filter(({ name }) => own.every((mine) => mine.name !== name))]
}
