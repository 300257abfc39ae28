import type { CellName } from '../finding.ts'

/** The report of the releases, and its cells as data, beside the reports of the debate. */
export const releasesPage = 'releases.md'
export const releasesData = 'releases.json'
/** Folder of the pages that the report links to. */
export const releasesFolder = 'releases'

/** Path of a cell's page below the folder of reports. */
export function releasePagePath({ reading, client, property }: Pick<CellName, 'reading' | 'client' | 'property'>): string {
  return `${releasesFolder}/${reading}/${client}/${property}.md`
}
