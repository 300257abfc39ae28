import type { Client } from '../model/clients/client.ts'
import type { CellStatus } from '../report/finding.ts'
import type { Dominance } from '../report/report-input.ts'
import type { Matrix } from './matrix.ts'

/**
 * The partial order of readings: `better` dominates `worse` when no cell is violated on `better` that is not violated on `worse`, and at
 * least one the other way round. Undecided cells decide nothing: with one on either side of a comparison, neither dominates. Cells that one
 * of the two cannot run do not count. Wrong clients do not count either: there is no right answer to them.
 */
export function dominances(
  matrix: Matrix,
  readings: readonly string[],
  clients: readonly Client[],
  properties: readonly string[],
): readonly Dominance[] {
  const judged = clients.filter(({ kind }) => kind === 'unmodified' || kind === 'migrated')
  const cells = judged.flatMap(({ name: client }) => properties.map((property) => ({ client, property })))
  const compare = (better: string, worse: string): Dominance | undefined => {
    let gained = 0
    for (const { client, property } of cells) {
      const gain = gainOf(matrix.status(better, client, property), matrix.status(worse, client, property))
      if (gain === 'none-dominates') return undefined
      gained += gain
    }
    return gained === 0 ? undefined : { better, worse, gained }
  }
  return readings.flatMap((better) => readings.flatMap((worse) => (better === worse ? [] : (compare(better, worse) ?? []))))
}

/** Whether `ours` is better on a cell (1), no worse (0), or settles that it does not dominate. */
function gainOf(ours: CellStatus | undefined, theirs: CellStatus | undefined): 0 | 1 | 'none-dominates' {
  if (!counts(ours) || !counts(theirs)) return 0
  if (ours === 'undecided' || theirs === 'undecided') return 'none-dominates'
  if (ours === 'violated') return theirs === 'violated' ? 0 : 'none-dominates'
  return theirs === 'violated' ? 1 : 0
}

function counts(status: CellStatus | undefined): boolean {
  return status !== undefined && status !== 'not-applicable'
}
