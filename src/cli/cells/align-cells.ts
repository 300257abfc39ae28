import { alignSchedule } from '../../judge/align/align-schedule.ts'
import { elaborate } from '../../model/scenarios/elaborate.ts'
import type { Alignment } from '../../report/alignment/alignment.ts'
import type { Finding } from '../../report/finding.ts'
import type { Catalogs } from './catalogs.ts'
import { findClient, findReading } from './catalogs.ts'
import { rebuildCell } from './rebuild-cell.ts'

/**
 * The counterexample of one of two findings on one client, run on the design of the other as well. Undefined where neither has a
 * counterexample, or the client cannot be run on one of the designs.
 */
export function alignFindings(one: Finding, other: Finding, catalogs: Catalogs): Alignment | undefined {
  const [violated, across] = one.evidence === undefined ? [other, one] : [one, other]
  if (violated.evidence === undefined || across.status === 'not-applicable') return undefined
  const { system, trace } = rebuildCell(violated.evidence.replayCode, catalogs)
  const { name, reading } = findReading(across.cell.reading, catalogs)
  const client = findClient(across.cell.client, catalogs)
  const { bounds } = violated.cell
  const compiled = elaborate({ reading: name, policy: reading.policy, client, bounds }).compile({ merge: false, visible: new Set() })
  return alignSchedule({ reading: violated.cell.reading, system, trace }, { reading: name, system: compiled.system })
}
