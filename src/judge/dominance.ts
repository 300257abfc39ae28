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
  const compare = (better: string, worse: string): Dominance | undefined => {
    let gained = 0
    for (const { name: client } of judged) {
      for (const property of properties) {
        const ours = matrix.status(better, client, property)
        const theirs = matrix.status(worse, client, property)
        if (!counts(ours) || !counts(theirs)) continue
        if (ours === 'undecided' || theirs === 'undecided') return undefined
        if (ours === 'violated' && theirs !== 'violated') return undefined
        if (ours !== 'violated' && theirs === 'violated') gained += 1
      }
    }
    return gained === 0 ? undefined : { better, worse, gained }
  }
  return readings.flatMap((better) => readings.flatMap((worse) => (better === worse ? [] : (compare(better, worse) ?? []))))
}

function counts(status: CellStatus | undefined): boolean {
  return status !== undefined && status !== 'not-applicable'
}
