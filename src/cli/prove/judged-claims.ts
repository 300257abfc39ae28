import type { Claim, ClaimOutcome } from '../../judge/claim.ts'
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

/** What became of a claim: refuted as soon as one of its checks is, confirmed only when all are. */
export function outcomeOfClaim({ claim, findings }: JudgedClaim): ClaimOutcome {
  if (claim.kind === 'uncheckable') return 'not-applicable'
  const outcomes = claim.checks.map((check, i): ClaimOutcome => {
    const finding = findings[i]
    return finding === undefined ? 'undecided' : outcomeOf(check, finding)
  })
  if (outcomes.includes('refuted')) return 'refuted'
  if (outcomes.includes('undecided')) return 'undecided'
  return outcomes.includes('confirmed') ? 'confirmed' : 'not-applicable'
}

/** Names a cell, bounds included. */
export function cellKey({ cell }: Pick<Finding, 'cell'>): string {
  return `${searchKey(cell)}\n${cell.property}`
}
