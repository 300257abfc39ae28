import { DiagnosticError } from '../foundation/diagnostic.ts'
import { chartVocabulary, placesOf } from '../judge/places.ts'
import { renderCProgram } from '../report/c-reproducer.ts'
import type { CProgram } from '../report/html/html-input.ts'
import { renderHtml } from '../report/html/render-html.ts'
import type { Catalogs } from './cells/catalogs.ts'
import type { RebuiltCell } from './cells/rebuild-cell.ts'
import { contextOf } from './render-finding.ts'
import { replayableCell } from './replay/replayable-cell.ts'
import { reproductionOf } from './replay/reproduction-of.ts'

/** A rebuilt counterexample as one HTML page; ends with a newline. */
export function htmlReport(cell: RebuiltCell, catalogs: Catalogs): string {
  const { finding, system } = cell
  return renderHtml({
    finding,
    context: contextOf(finding, catalogs),
    chart: chartVocabulary,
    places: placesOf(system),
    program: programOf(cell, catalogs),
  })
}

/** What keeps a C program from being written is no reason not to write the page: it says so. */
function programOf(cell: RebuiltCell, catalogs: Catalogs): CProgram {
  try {
    return { text: renderCProgram(reproductionOf(cell.finding, replayableCell(cell, catalogs), catalogs)) }
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error
    const [diagnostic] = error.diagnostics
    return { whyNot: `${diagnostic?.message ?? error.message}.` }
  }
}
