import type { Scenario } from '../model/scenarios/elaborate.ts'
import type { Finding } from '../report/finding.ts'

/** The verdicts on all promises for one client on one design, and what the search saw. */
export interface Judgement {
  readonly scenario: Scenario
  readonly findings: readonly Finding[]
  readonly actionsNeverTaken: readonly string[]
  /** Digest of the unmerged system, which replay codes carry; only if asked for. */
  readonly digest?: string
}
