import { check } from '../../checker/check.ts'
import type { SearchLimits } from '../../checker/search-limits.ts'
import type { Surveillance } from '../../checker/search-watch.ts'
import type { Expectation } from '../../export/header.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import { describeLimit } from '../../judge/describe-limit.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Property } from '../../properties/language/property.ts'

/** Searches the very system that is exported, without renaming identities. Throws a DiagnosticError where the system is not well formed. */
export async function countExpected(
  system: TransitionSystem,
  properties: readonly Property[],
  options: Surveillance & { readonly limits: SearchLimits },
): Promise<Expectation> {
  const checked = await check(system, properties, options)
  if (!checked.ok) throw new DiagnosticError(checked.diagnostics)
  const { coverage, modelError, statistics, verdicts } = checked.value
  if (modelError !== undefined) return { kind: 'goes-wrong', message: modelError.diagnostic.message }
  if (coverage.kind === 'limited') {
    return {
      kind: 'not-counted',
      reason: `the search ended early (${describeLimit(coverage.limit)}, ${coverage.distinctStates} states so far)`,
    }
  }
  const violated = verdicts.filter(({ kind }) => kind === 'violated').map(({ property }) => property)
  return { kind: 'counted', states: statistics.distinctStates, violated }
}
