import { boundsCode } from '../report/cell-bounds.ts'
import { counted } from '../report/sentence.ts'
import type { CellChange } from './compare-cells.ts'

/** Searches named; the others are counted. */
const mostNamed = 10

/** Changes that are told one by one, and what the run never came to, which is told as one. */
export interface SplitChanges {
  readonly told: readonly CellChange[]
  readonly leftOut?: LeftOut
}

export interface LeftOut {
  /** "48 cells of 3 searches: the budget of 5m was spent". */
  readonly says: string
  /** "my-design.plain / mod-wsgi-pool (2.2.1)", the first ones, and how many more. */
  readonly searches: readonly string[]
}

export function splitChanges(changes: readonly CellChange[]): SplitChanges {
  const left = changes.filter(({ found }) => found?.isLeftOut === true)
  const told = changes.filter(({ found }) => found?.isLeftOut !== true)
  const [first] = left
  if (first === undefined) return { told }
  const searches = [...new Set(left.map(({ cell }) => `${cell.reading} / ${cell.client} (${boundsCode(cell.bounds)})`))]
  const more = searches.length - mostNamed
  const says = `${counted(left.length, 'cell')} of ${searches.length === 1 ? '1 search' : `${searches.length} searches`}: ${first.found?.reason ?? 'unknown'}`
  return { told, leftOut: { says, searches: [...searches.slice(0, mostNamed), ...(more > 0 ? [`and ${more} more`] : [])] } }
}

/** What to do about it. */
export const adviceOnLeftOut = 'Run it again, with more time: it begins with what is in the cache.'
