import type { JudgedClaim } from '../../judge/report-input.ts'
import { reportInputOf } from '../../judge/report-input.ts'
import type { Bounds } from '../../model/cpython/bounds.ts'
import type { Finding } from '../../report/finding.ts'
import { reportFiles } from '../../report/report-files.ts'
import type { ReportInput } from '../../report/report-input.ts'
import type { Catalogs } from '../cells/catalogs.ts'
import { sameBounds } from '../options/bounds-options.ts'
import { baselineOf, statusQuoReading } from '../options/usual-bounds.ts'
import { verdictsFile } from './reports-folder.ts'
import type { Run } from './run-plan.ts'
import { verdictsDocument } from './verdicts-document.ts'

/** The pages, and the verdicts of all searches: the baseline and what only claims speak of are compared next time as well. */
export function filesOf(report: ReportInput, run: Run): ReadonlyMap<string, string> {
  return new Map([...reportFiles(report), [verdictsFile, verdictsDocument(run)]])
}

export interface Judged {
  readonly bounds: Bounds
  readonly run: Run
  readonly claims: readonly JudgedClaim[]
}

/** The matrix at these bounds, with what the status quo keeps in the main interpreter alone, and the claims. */
export function reportOf({ readings, clients, promises }: Catalogs, { bounds, run, claims }: Judged): ReportInput {
  const tables = [readings, clients, promises].map((items) => new Set(items.map(({ name }) => name)))
  // Claims may speak of clients and promises that no table has.
  const isCell = ({ cell }: Finding): boolean =>
    [cell.reading, cell.client, cell.property].every((name, i) => tables[i]?.has(name) === true)
  const at = (wanted: Bounds): readonly Finding[] => run.findings.filter(({ cell }) => sameBounds(cell.bounds, wanted))
  const findings = at(bounds).filter(isCell)
  const baseline = { reading: statusQuoReading, findings: at(baselineOf(bounds)) }
  return reportInputOf({ bounds, readings, clients, promises, findings, baseline, claims })
}
