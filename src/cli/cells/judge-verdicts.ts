import { check } from '../../checker/check.ts'
import type { SearchLimits } from '../../checker/search-limits.ts'
import type { Surveillance } from '../../checker/search-watch.ts'
import { modelDigest } from '../../checker/trace/trace-code.ts'
import type { Verdict } from '../../checker/verdict.ts'
import type { Checked } from '../../foundation/diagnostic.ts'
import { describeLimit } from '../../judge/describe-limit.ts'
import { formulate, type Judgement } from '../../judge/judge-scenario.ts'
import { elaborate, type Scenario } from '../../model/scenarios/elaborate.ts'
import type { Promised } from '../../properties/catalog/promise.ts'
import { variablesRead } from '../../properties/language/variables-read.ts'
import type { CellStatus, Finding, SearchSummary } from '../../report/finding.ts'

/** The verdicts without traces: what `judgeScenario` finds, in one search of the merged system and nothing else. */
export async function judgeVerdicts(
  scenario: Scenario,
  promises: readonly Promised[],
  options: Surveillance & { readonly limits: SearchLimits },
): Promise<Checked<Pick<Judgement, 'findings' | 'digest'>>> {
  const elaboration = elaborate(scenario)
  const unmerged = elaboration.compile({ merge: false, visible: new Set() })
  const visible = new Set(formulate(elaboration, unmerged, promises).flatMap((property) => [...variablesRead(property)]))
  const merged = elaboration.compile({ merge: true, visible })
  const checked = await check(merged.system, formulate(elaboration, merged, promises), { ...options, reductions: ['identity-renaming'] })
  if (!checked.ok) return checked
  const { verdicts, modelError } = checked.value
  if (modelError !== undefined) return { ok: false, diagnostics: [modelError.diagnostic] }
  const { reading, client, bounds } = scenario
  const findings = verdicts.map((verdict): Finding => ({
    cell: { reading, client: client.name, property: verdict.property, bounds },
    status: statusOf(verdict),
    search: summaryOf(verdict),
  }))
  return { ok: true, value: { findings, digest: modelDigest(unmerged.system) } }
}

function statusOf(verdict: Verdict): CellStatus {
  if (verdict.kind !== 'holds') return verdict.kind
  return verdict.premiseOccurred ? 'safe' : 'never-exercised'
}

function summaryOf({ coverage }: Verdict): SearchSummary {
  const { kind, distinctStates, transitions, diameter } = coverage
  const limit = kind === 'limited' ? { limit: describeLimit(coverage.limit) } : {}
  return { coverage: kind, ...limit, distinctStates, transitions, diameter }
}
