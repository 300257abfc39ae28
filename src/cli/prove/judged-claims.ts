import type { CheckableClaim, Claim, ClaimOutcome } from '../../judge/claim.ts'
import { outcomeOf } from '../../judge/claim-outcome.ts'
import type { JudgedClaim } from '../../judge/report-input.ts'
import type { Finding } from '../../report/finding.ts'
import { searchKey } from '../cells/task.ts'

/** Puts a finding to each check of each claim. */
export function judgeClaims(claims: readonly Claim[], findings: readonly Finding[]): readonly JudgedClaim[] {
  const byCell = new Map(findings.map((finding) => [cellKey(finding), finding]))
  return claims.map((claim) => ({
    claim,
    findings:
      claim.kind === 'uncheckable'
        ? []
        : claim.checks.map(({ reading, client, promise, bounds }) =>
            byCell.get(cellKey({ cell: { reading, client: client.name, property: promise.name, bounds } })),
          ),
  }))
}

/** What became of a claim as a whole: `in-part` when some of its checks agree with it and some do not, as readings differ. */
export type ClaimAnswer = ClaimOutcome | 'in-part'

export function answerTo({ claim, findings }: JudgedClaim): ClaimAnswer {
  if (claim.kind === 'uncheckable') return 'not-applicable'
  const outcomes = new Set(outcomesOf(claim, findings))
  if (outcomes.has('confirmed') && outcomes.has('refuted')) return 'in-part'
  if (outcomes.has('refuted')) return 'refuted'
  if (outcomes.has('undecided')) return 'undecided'
  return outcomes.has('confirmed') ? 'confirmed' : 'not-applicable'
}

/** Checks of a claim that came out otherwise than its author predicted. */
export function countSurprises({ claim, findings }: JudgedClaim): number {
  if (claim.kind === 'uncheckable') return 0
  const outcomes = outcomesOf(claim, findings)
  return claim.checks.filter(({ predicts }, i) => {
    const outcome = outcomes[i]
    return (outcome === 'confirmed' || outcome === 'refuted') && outcome !== predicts
  }).length
}

/** A check without a finding was not come to. */
function outcomesOf({ checks }: CheckableClaim, findings: JudgedClaim['findings']): readonly ClaimOutcome[] {
  return checks.map((check, i) => {
    const finding = findings[i]
    return finding === undefined ? 'undecided' : outcomeOf(check, finding)
  })
}

/** Names a cell, bounds included. */
export function cellKey({ cell }: Pick<Finding, 'cell'>): string {
  return `${searchKey(cell)}\n${cell.property}`
}
