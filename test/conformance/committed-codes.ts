import { readFileSync } from 'node:fs'
import { askable } from '../../src/cli/cells/catalogs.ts'
import type { RebuiltCell } from '../../src/cli/cells/rebuild-cell.ts'
import { rebuildCell } from '../../src/cli/cells/rebuild-cell.ts'

export const catalogs = askable()

/** Replay codes of the status quo in the committed reports. */
export const statusQuoCodes = readFileSync('reports/verdicts.json', 'utf8').match(/gp1:status-quo[^"]+/g) ?? []

/** The first committed counterexample of this client on the status quo to this promise. */
export function committed(client: string, promise: string): RebuiltCell {
  const code = statusQuoCodes.find((text) => text.includes(`:${client}:${promise}:`))
  if (code === undefined) throw new Error(`The reports have no violation of ${promise} by ${client}.`)
  return rebuildCell(code, catalogs)
}
