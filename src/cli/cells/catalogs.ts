import { claims } from '../../../proofs/catalog.ts'
import type { Diagnostic } from '../../foundation/diagnostic.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { ErrorCode } from '../../foundation/error-codes.ts'
import { nearestName } from '../../foundation/nearest-name.ts'
import type { Claim, ClaimCheck } from '../../judge/claim.ts'
import { clients } from '../../model/clients/catalog.ts'
import type { Client } from '../../model/clients/client.ts'
import { laterClients } from '../../model/clients/later-catalog.ts'
import { releaseClients } from '../../model/clients/release-catalog.ts'
import { namedReadings } from '../../model/designs/catalog.ts'
import type { NamedReading } from '../../model/designs/design.ts'
import { laterReadings } from '../../model/designs/later-catalog.ts'
import { findRelease, releaseReadings } from '../../model/designs/releases.ts'
import { promises } from '../../properties/catalog/catalog.ts'
import { laterPromises } from '../../properties/catalog/later-catalog.ts'
import type { Promised } from '../../properties/catalog/promise.ts'

/** What names on the command line, in replay codes and between threads can mean. */
export interface Catalogs {
  /** Readings and variations, in the order of tables. */
  readonly readings: readonly NamedReading[]
  readonly clients: readonly Client[]
  readonly promises: readonly Promised[]
  readonly claims: readonly Claim[]
}

/** What a user's module adds; what it has stands before what is ours of the same name. */
export interface Additions {
  readonly readings: readonly NamedReading[]
  readonly clients: readonly Client[]
  readonly promises: readonly Promised[]
}

/** Those of the debate: what `prove` judges, and what stands in the committed reports. */
export const ownCatalogs: Catalogs = { readings: namedReadings, clients, promises, claims }

/** The designs and releases since the debate, and what they are judged on: what there was before as well. */
export const laterCatalogs: Catalogs = {
  readings: [...laterReadings, ...releaseReadings],
  clients: [...clients, ...laterClients, ...releaseClients],
  promises: [...promises, ...laterPromises],
  claims: [],
}

/** What readings are judged on where nothing is asked for by name. */
export function catalogsFor(readings: readonly NamedReading[]): Catalogs {
  return readings.some((reading) => laterCatalogs.readings.includes(reading)) ? laterCatalogs : ownCatalogs
}

const checks: readonly ClaimCheck[] = claims.flatMap((claim) => (claim.kind === 'checkable' ? claim.checks : []))

/** Everything that may be asked for by name: also clients and promises that only a claim speaks of. */
export function askable(additions: Additions = { readings: [], clients: [], promises: [] }): Catalogs {
  return {
    readings: firstOfEachName([...additions.readings, ...namedReadings, ...laterCatalogs.readings]),
    clients: firstOfEachName([...additions.clients, ...laterCatalogs.clients, ...checks.map(({ client }) => client)]),
    promises: firstOfEachName([...additions.promises, ...laterCatalogs.promises, ...checks.map(({ promise }) => promise)]),
    claims,
  }
}

/**
 * The readings a name stands for: one by its full name, such as "pitrou.old-pair-means-main", or by the name of its design all readings of
 * that design (no variations). A release by its number, such as "cpython-3.12", stands for what was released, not for a debug build.
 */
export function findReadings(name: string, { readings }: Catalogs): readonly NamedReading[] {
  const exact = readings.filter((reading) => reading.name === name)
  if (exact.length > 0) return exact
  const release = findRelease(name)?.reading
  if (release !== undefined && readings.includes(release)) return [release]
  const ofDesign = readings.filter(({ design, isVariation }) => design.name === name && !isVariation)
  if (ofDesign.length > 0) return ofDesign
  const names = [...new Set(readings.flatMap((reading) => [reading.design.name, reading.name]))]
  const designs = [...new Set(readings.map(({ design }) => design.name))]
  throw unknown({ code: 'MC601', kind: 'design', name, known: names, shown: designs, list: 'gilproof list readings' })
}

/** Only what was asked for by name, and then no claims: they speak of all the rest. */
export function narrow(
  catalogs: Catalogs,
  { design, client }: { readonly design?: readonly string[]; readonly client?: readonly string[] },
): Catalogs {
  if (design === undefined && client === undefined) return catalogs
  const readings = design === undefined ? catalogs.readings : [...new Set(design.flatMap((name) => findReadings(name, catalogs)))]
  const chosen = client === undefined ? catalogs.clients : [...new Set(client.map((name) => findClient(name, catalogs)))]
  return { ...catalogs, readings, clients: chosen, claims: [] }
}

/** The one reading of that name; of a design, its nominal reading. */
export function findReading(name: string, catalogs: Catalogs): NamedReading {
  const [first] = findReadings(name, catalogs)
  if (first === undefined) throw new TypeError('findReadings gives at least one')
  return first
}

export function findClient(name: string, { clients: known }: Catalogs): Client {
  return find('MC602', 'client', name, known, 'gilproof list clients')
}

export function findPromise(name: string, { promises: known }: Catalogs): Promised {
  return find('MC401', 'property', name, known, 'gilproof list properties')
}

function find<Named extends { readonly name: string }>(
  code: ErrorCode,
  kind: string,
  name: string,
  known: readonly Named[],
  list: string,
): Named {
  const found = known.find((item) => item.name === name)
  if (found !== undefined) return found
  const names = known.map((item) => item.name)
  throw unknown({ code, kind, name, known: names, shown: names, list })
}

interface Unknown {
  readonly code: ErrorCode
  readonly kind: string
  readonly name: string
  /** Every name that would do, and those of them that are told. */
  readonly known: readonly string[]
  readonly shown: readonly string[]
  /** The command that tells more. */
  readonly list: string
}

function unknown({ code, kind, name, known, shown, list }: Unknown): DiagnosticError {
  const nearest = nearestName(name, known) ?? known.find((candidate) => candidate.includes(name))
  const hint = nearest === undefined ? `"${list}" says what each one is.` : `Did you mean "${nearest}"? "${list}" says what each one is.`
  const diagnostic: Diagnostic = { code, message: `there is no ${kind} "${name}"; there are: ${shown.join(', ')}`, hint, place: [] }
  return new DiagnosticError([diagnostic])
}

function firstOfEachName<Named extends { readonly name: string }>(items: readonly Named[]): readonly Named[] {
  const byName = new Map<string, Named>()
  for (const item of items) if (!byName.has(item.name)) byName.set(item.name, item)
  return [...byName.values()]
}
