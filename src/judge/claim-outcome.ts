import type { Finding } from '../report/finding.ts'
import type { ClaimCheck, ClaimOutcome } from './claim.ts'

/** What a verdict makes of a claim about its cell. A promise that was never put to the test supports "is kept", as it is not broken. */
export function outcomeOf({ claims }: Pick<ClaimCheck, 'claims'>, { status }: Pick<Finding, 'status'>): ClaimOutcome {
  switch (status) {
    case 'safe':
    case 'never-exercised':
      return claims === 'kept' ? 'confirmed' : 'refuted'
    case 'violated':
      return claims === 'broken' ? 'confirmed' : 'refuted'
    case 'undecided':
    case 'not-applicable':
      return status
  }
}
