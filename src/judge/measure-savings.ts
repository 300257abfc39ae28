import type { Checked } from '../foundation/diagnostic.ts'
import type { Promised } from '../properties/catalog/promise.ts'
import type { SearchSummary } from '../report/finding.ts'
import type { JudgeOptions } from './judge-scenario.ts'
import { judgeScenario } from './judge-scenario.ts'
import type { Judgement } from './judgement.ts'

/** What one reduction saved: the states of a search with all of those in use, and of one that does without it. */
export interface Saving {
  readonly reduction: 'merging steps' | 'renaming identities' | 'symmetry of threads'
  readonly with: number
  readonly without: SearchSummary
  /** Promises on which the two searches do not agree although both decided them; there must be none. */
  readonly disagreements: readonly string[]
}

/** Explores again without each reduction that was in use, under the same limits. Cost: one search for each. */
export async function measureSavings(
  judgement: Judgement,
  promises: readonly Promised[],
  options: JudgeOptions,
): Promise<Checked<readonly Saving[]>> {
  const savings: Saving[] = []
  for (const { reduction, isUsed, without } of reductions) {
    if (!isUsed(options)) continue
    const judged = await judgeScenario(judgement.scenario, promises, { ...options, ...without, evidence: 'none' })
    if (!judged.ok) return judged
    savings.push(compare(reduction, judgement, judged.value))
  }
  return { ok: true, value: savings }
}

interface Described {
  readonly reduction: Saving['reduction']
  readonly isUsed: (options: JudgeOptions) => boolean
  readonly without: Partial<JudgeOptions>
}

const reductions: readonly Described[] = [
  { reduction: 'merging steps', isUsed: ({ merge = true }) => merge, without: { merge: false } },
  { reduction: 'renaming identities', isUsed: ({ renaming = true }) => renaming, without: { renaming: false } },
  { reduction: 'symmetry of threads', isUsed: ({ symmetry = false }) => symmetry, without: { symmetry: false } },
]

function compare(reduction: Saving['reduction'], reduced: Judgement, whole: Judgement): Saving {
  const none: SearchSummary = { coverage: 'exhaustive', distinctStates: 0, transitions: 0, diameter: 0 }
  const disagreements = reduced.findings.filter(({ status }, i) => {
    const other = whole.findings[i]?.status ?? status
    return status !== other && status !== 'undecided' && other !== 'undecided'
  })
  return {
    reduction,
    with: reduced.findings[0]?.search?.distinctStates ?? 0,
    without: whole.findings[0]?.search ?? none,
    disagreements: disagreements.map(({ cell }) => cell.property),
  }
}
