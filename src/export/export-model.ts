import type { Checked, Diagnostic } from '../foundation/diagnostic.ts'
import { etfText } from './etf.ts'
import type { ExportedFiles, ExportRequest, ExportTarget } from './export-request.ts'
import { murphiText } from './murphi.ts'
import { numbersTooLarge, unwritableBeginnings } from './numbers.ts'
import type { PreparedModel } from './prepare.ts'
import { prepareModel } from './prepare.ts'
import { promelaText } from './promela-text.ts'
import { tlaFiles } from './tla.ts'

/**
 * Writes a valid transition system as text for another checker, which then has exactly the reachable states that a search without renaming
 * identities has here. MC801 where the target cannot say something of the system: nothing is approximated. MC803 where the tables of `etf`, for
 * which all states are visited, grow too large. Cost: linear but for that.
 */
export function exportModel(target: ExportTarget, request: ExportRequest): Checked<ExportedFiles> {
  const { model, diagnostics } = prepareModel(request.system, request.properties)
  if (target === 'etf') return etfFiles(model, request)
  const refused: readonly Diagnostic[] = [
    ...diagnostics,
    ...numbersTooLarge(model, target),
    ...(target === 'promela' ? unwritableBeginnings(model) : []),
  ]
  if (refused.length > 0) return { ok: false, diagnostics: refused }
  switch (target) {
    case 'promela':
      return { ok: true, value: new Map([['.pml', promelaText(model, request)]]) }
    case 'murphi':
      return { ok: true, value: new Map([['.m', murphiText(model, request)]]) }
    case 'tla':
      return { ok: true, value: tlaFiles(model, request) }
  }
}

/** Neither large numbers nor fresh identities are refused: what they come to is listed. */
function etfFiles(model: PreparedModel, request: ExportRequest): Checked<ExportedFiles> {
  const text = etfText(model, request)
  return text.ok ? { ok: true, value: new Map([['.etf', text.value]]) } : text
}
