import { InternalError } from '../foundation/diagnostic.ts'
import { pageContextOf } from '../judge/report-input.ts'
import type { Finding } from '../report/finding.ts'
import { renderJson } from '../report/json-report.ts'
import { renderPage } from '../report/page.ts'
import { renderText } from '../report/page-text.ts'
import type { PageContext } from '../report/report-input.ts'
import type { Catalogs } from './cells/catalogs.ts'
import { findClient, findPromise, findReading } from './cells/catalogs.ts'

export type FindingFormat = 'text' | 'markdown' | 'json'

/** One cell for people or programs, as the reports show it; ends without a newline. */
export function renderFinding(finding: Finding, format: FindingFormat, catalogs: Catalogs): string {
  const context = contextOf(finding, catalogs)
  switch (format) {
    case 'text':
      return renderText(finding, context).trimEnd()
    case 'markdown':
      return renderPage(finding, context).trimEnd()
    case 'json':
      return renderJson(finding).trimEnd()
    default:
      throw new InternalError('MC901', `no case handles the format ${String(format satisfies never)}`)
  }
}

export function contextOf({ cell }: Finding, catalogs: Catalogs): PageContext {
  return pageContextOf(findReading(cell.reading, catalogs), findClient(cell.client, catalogs), findPromise(cell.property, catalogs))
}
