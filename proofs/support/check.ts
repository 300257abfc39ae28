import type { ClaimCheck } from '../../src/judge/claim.ts'
import type { Client } from '../../src/model/clients/client.ts'
import type { Bounds } from '../../src/model/cpython/bounds.ts'
import type { Promised } from '../../src/properties/catalog/promise.ts'

/** What the author of a formalisation predicts, by name of a reading: the checker will confirm the claim there, or refute it. */
export type Predictions = Readonly<Record<string, ClaimCheck['predicts']>>
export type ClaimChecks = readonly [ClaimCheck, ...ClaimCheck[]]

/** One check per reading: the claim says that this client keeps this promise. */
export function kept(client: Client, promise: Promised, bounds: Bounds, predictions: Predictions): ClaimChecks {
  return checksOf({ client, promise, bounds, claims: 'kept' }, predictions)
}

/** One check per reading: the claim says that this promise is broken by this client. */
export function broken(client: Client, promise: Promised, bounds: Bounds, predictions: Predictions): ClaimChecks {
  return checksOf({ client, promise, bounds, claims: 'broken' }, predictions)
}

function checksOf(cell: Omit<ClaimCheck, 'reading' | 'predicts'>, predictions: Predictions): ClaimChecks {
  const [first, ...rest] = Object.entries(predictions).map(([reading, predicts]) => ({ reading, ...cell, predicts }))
  if (first === undefined) throw new TypeError('a check names at least one reading')
  return [first, ...rest]
}
