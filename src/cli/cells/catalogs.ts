import { claims } from '../../../proofs/catalog.ts'
import type { Diagnostic } from '../../foundation/diagnostic.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { ErrorCode } from '../../foundation/error-codes.ts'
import { nearestName } from '../../foundation/nearest-name.ts'
import type { Claim, ClaimCheck } from '../../judge/claim.ts'
import { clients } from '../../model/clients/catalog.ts'
import type { Client } from '../../model/clients/client.ts'
import { namedReadings } from '../../model/designs/catalog.ts'
import type { NamedReading } from '../../model/designs/design.ts'
import { promises } from '../../properties/catalog/catalog.ts'
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

/** Ours: the catalogs of the model, and the clients and promises that only claims speak of. */
export const ownCatalogs: Catalogs = { readings: namedReadings, clients, promises, claims }

const checks: readonly ClaimCheck[] = claims.flatMap((claim) => (claim.kind === 'checkable' ? claim.checks : []))

/** Everything that may be asked for by name: also clients and promises that only a claim speaks of. */
export function askable(additions: Additions = { readings: [], clients: [], promises: [] }): Catalogs {
  return {
    readings: firstOfEachName([...additions.readings, ...namedReadings]),
    clients: firstOfEachName([...additions.clients, ...clients, ...checks.map(({ client }) => client)]),
    promises: firstOfEachName([...additions.promises, ...promises, ...checks.map(({ promise }) => promise)]),
    claims,
  }
}

/**
 * The readings a name stands for: one by its full name, such as "pitrou.old-pair-means-main", or by the name of its design all readings of
 * that design (no variations).
 */
export function findReadings(name: string, { readings }: Catalogs): readonly NamedReading[] {
  const exact = readings.filter((reading) => reading.name === name)
  if (exact.length > 0) return exact
  const ofDesign = readings.filter(({ design, isVariation }) => design.name === name && !isVariation)
  if (ofDesign.length > 0) return ofDesign
  const names = [...new Set(readings.flatMap((reading) => [reading.design.name, reading.name]))]
  throw unknown('MC601', 'design', name, names, 'gilproof list readings')
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
  throw unknown(
    code,
    kind,
    name,
    known.map((item) => item.name),
    list,
  )
}

function unknown(code: ErrorCode, kind: string, name: string, known: readonly string[], list: string): DiagnosticError {
  const nearest = nearestName(name, known) ?? known.find((candidate) => candidate.includes(name))
  const hint = nearest === undefined ? `"${list}" says what each one is.` : `Did you mean "${nearest}"? "${list}" says what each one is.`
  const diagnostic: Diagnostic = { code, message: `there is no ${kind} "${name}"; there are: ${known.join(', ')}`, hint, place: [] }
  return new DiagnosticError([diagnostic])
}

function firstOfEachName<Named extends { readonly name: string }>(items: readonly Named[]): readonly Named[] {
  const byName = new Map<string, Named>()
  for (const item of items) if (!byName.has(item.name)) byName.set(item.name, item)
  return [...byName.values()]
}
