import type { Client } from '../model/clients/client.ts'
import type { KeepsWorking } from '../report/report-input.ts'
import type { Matrix } from './matrix.ts'

/**
 * "Unmodified clients keep working": every promise that a client keeps on CPython 3.2 with the main interpreter alone, it keeps here.
 * `baseline` holds the findings on the status quo with one interpreter. One entry for each unmodified client on each reading, in the
 * order given.
 */
export function keepsWorking(
  baseline: Matrix,
  statusQuo: string,
  matrix: Matrix,
  readings: readonly string[],
  clients: readonly Client[],
): readonly KeepsWorking[] {
  const unmodified = clients.filter((client) => client.kind === 'unmodified')
  return readings.flatMap((reading) =>
    unmodified.map(({ name: client }) => {
      const kept = baseline.findings.filter(
        ({ cell, status }) => cell.reading === statusQuo && cell.client === client && (status === 'safe' || status === 'never-exercised'),
      )
      const here = kept.flatMap(({ cell }) => matrix.find(reading, client, cell.property) ?? [])
      return {
        reading,
        client,
        lost: here.filter(({ status }) => status === 'violated'),
        isUndecided: here.some(({ status }) => status === 'undecided'),
      }
    }),
  )
}
