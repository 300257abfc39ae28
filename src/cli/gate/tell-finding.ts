import type { FoundCell } from '../../gate/found-cell.ts'
import { verdictOf } from '../../gate/gate-verdict.ts'
import { tellCounterexample } from '../../gate/tell-counterexample.ts'
import type { Finding } from '../../report/finding.ts'
import type { Catalogs } from '../cells/catalogs.ts'
import { contextOf } from '../render-finding.ts'

/** A finding as a gate compares and tells it. */
export function tellFinding(finding: Finding, catalogs: Catalogs): FoundCell {
  const { cell, status, search: seen, evidence } = finding
  return {
    cell,
    verdict: verdictOf(status),
    ...(status === 'undecided' ? { reason: reasonOf(seen?.limit ?? 'unknown') } : {}),
    ...(evidence === undefined ? {} : { counterexample: tellCounterexample(evidence, contextOf(finding, catalogs)) }),
  }
}

/** `runTask` says there too that a model went wrong. */
function reasonOf(limit: string): string {
  return limit.startsWith('the model') ? limit : `a limit was hit: ${limit}`
}
