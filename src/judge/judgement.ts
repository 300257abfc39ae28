import type { Scenario } from '../model/scenarios/elaborate.ts'
import type { Finding } from '../report/finding.ts'

/** The verdicts on all promises for one client on one design, and what the search saw. */
export interface Judgement {
  readonly scenario: Scenario
  readonly findings: readonly Finding[]
  readonly actionsNeverTaken: readonly string[]
  /** Threads that were interchangeable, by groups, and what told others apart that do the same; only if symmetry was asked for. */
  readonly symmetry?: { readonly interchangeable: readonly (readonly string[])[]; readonly obstacles: readonly string[] }
  /** Digest of the unmerged system, which replay codes carry; only if asked for. */
  readonly digest?: string
}
