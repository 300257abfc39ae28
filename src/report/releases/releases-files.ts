import { renderPage } from '../page.ts'
import { ReleaseIndex } from './release-index.ts'
import { releasePagePath, releasesPage } from './release-paths.ts'
import type { ReleasesInput } from './releases-input.ts'
import { releasesPageText } from './releases-page.ts'

/**
 * The report of the releases and the pages it links to, from path below reports/ to text:
 *
 *   releases.md                                the report
 *   releases/RELEASE/CLIENT/PROPERTY.md        a trace, where a run of releases begins that break the promise
 *
 * The same input gives the same bytes.
 */
export function releasesFiles(input: ReleasesInput): ReadonlyMap<string, string> {
  const index = new ReleaseIndex(input)
  const files = new Map([[releasesPage, releasesPageText(index)]])
  for (const { client, promise, first, finding } of index.appearances) {
    const release = input.releases[first]
    if (release === undefined) continue
    const { reading, vocabulary } = release
    files.set(releasePagePath(finding.cell), renderPage(finding, { reading, client, promise, vocabulary, standsIn: 'releases-folder' }))
  }
  return files
}
