import type { Finding } from './finding.ts'
import { indexPage } from './index-page.ts'
import { findingJsonSchema, renderJson, verdictsJson } from './json-report.ts'
import { renderPage } from './page.ts'
import { readingPage } from './reading-page.ts'
import { ReportIndex } from './report-index.ts'
import type { PageContext, ReportInput } from './report-input.ts'
import { pagePath, readingPath } from './report-paths.ts'

/**
 * Everything below reports/, from path to text:
 *
 *   README.md                        the index
 *   READING/README.md                clients × promises on one reading
 *   READING/CLIENT/PROPERTY.md       one page for each violated cell; beside it .json where a claim speaks of it
 *   verdicts.json                    every cell, one line each
 *   schema.json                      JSON schema of a finding
 *
 * A variation has pages only for cells that are not violated on the nominal reading. The same input gives the same bytes. `ReportInput` is in
 * report-input.ts; `reportInputOf` in src/judge/report-input.ts makes one.
 */
export function reportFiles(input: ReportInput): ReadonlyMap<string, string> {
  const index = new ReportIndex(input)
  const files = new Map<string, string>()
  files.set('README.md', indexPage(index))
  for (const reading of input.readings) files.set(readingPath(reading.name), readingPage(index, reading))
  for (const finding of input.findings) if (index.hasPage(finding)) addPage(files, input, finding)
  for (const claim of input.claims) {
    if (claim.kind === 'uncheckable') continue
    for (const { finding } of claim.checks) if (finding.status === 'violated') addClaimed(files, index, finding)
  }
  files.set('verdicts.json', verdictsJson(input.findings))
  files.set('schema.json', findingJsonSchema())
  return files
}

function addPage(files: Map<string, string>, input: ReportInput, finding: Finding): void {
  const context = contextOf(input, finding)
  if (context !== undefined) files.set(pagePath(finding.cell, input.bounds), renderPage(finding, context))
}

/** A claim may speak of a cell in bounds of its own, which then has a page as well. */
function addClaimed(files: Map<string, string>, index: ReportIndex, finding: Finding): void {
  const page = index.pageOf(finding)
  if (!files.has(page)) addPage(files, index.input, finding)
  files.set(page.replace(/\.md$/, '.json'), renderJson(finding))
}

function contextOf({ readings, clients, promises, vocabulary }: ReportInput, { cell }: Finding): PageContext | undefined {
  const reading = readings.find(({ name }) => name === cell.reading)
  const client = clients.find(({ name }) => name === cell.client)
  const promise = promises.find(({ name }) => name === cell.property)
  if (reading === undefined || client === undefined || promise === undefined) return undefined
  return { reading, client, promise, vocabulary, standsIn: 'report-folder' }
}
