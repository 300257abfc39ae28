import type { Finding } from './finding.ts'
import type { ReportIndex } from './report-index.ts'
import { byTraceLength } from './report-index.ts'
import type { ReadingText } from './report-input.ts'

/** A cell that is safe on one reading and violated on another. */
export interface DesignDifference {
  readonly safeOn: ReadingText
  readonly safe: Finding
  readonly violatedOn: ReadingText
  readonly violated: Finding
  /** Number of cells that differ in this direction. */
  readonly count: number
}

/** For each pair of readings and each direction the difference with the shortest trace, unmodified clients first; none where none differs. */
export function differencesOf(index: ReportIndex, readings: readonly ReadingText[]): readonly DesignDifference[] {
  return readings.flatMap((one, i) =>
    readings.slice(i + 1).flatMap((other) => [...shortest(index, one, other), ...shortest(index, other, one)]),
  )
}

function shortest(index: ReportIndex, safeOn: ReadingText, violatedOn: ReadingText): readonly DesignDifference[] {
  const kinds = new Map(index.input.clients.map(({ name, kind }) => [name, kind]))
  const isModified = ({ cell }: Finding): number => (kinds.get(cell.client) === 'unmodified' ? 0 : 1)
  const candidates = index.violated(violatedOn.name).flatMap((violated) => {
    const safe = index.find(safeOn.name, violated.cell.client, violated.cell.property)
    const isFair = kinds.get(violated.cell.client) !== 'wrong'
    return isFair && safe?.status === 'safe' ? [{ safe, violated }] : []
  })
  const [best] = [...candidates].sort((a, b) => isModified(a.violated) - isModified(b.violated) || byTraceLength(a.violated, b.violated))
  return best === undefined ? [] : [{ safeOn, violatedOn, ...best, count: candidates.length }]
}
