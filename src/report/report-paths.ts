import { boundsCode, sameBounds } from './cell-bounds.ts'
import type { CellBounds, CellName } from './finding.ts'

/** Path of a cell's page below the folder of reports; other bounds than the matrix's are part of the name. */
export function pagePath({ reading, client, property, bounds }: CellName, matrixBounds: CellBounds): string {
  const suffix = sameBounds(bounds, matrixBounds) ? '' : `-${boundsCode(bounds)}`
  return `${reading}/${client}/${property}${suffix}.md`
}

export function readingPath(reading: string): string {
  return `${reading}/README.md`
}

/** Where the page of a reading tells of one client. */
export function clientAnchor(reading: string, client: string): string {
  return `${readingPath(reading)}#${client}`
}
