import type { CheckOptions, Search } from '../checker/check.ts'
import { check } from '../checker/check.ts'
import type { SearchLimits } from '../checker/search-limits.ts'
import type { Surveillance } from '../checker/search-watch.ts'
import type { SymmetryOfProcesses } from '../checker/symmetry/interchangeable.ts'
import type { Coverage, Verdict } from '../checker/verdict.ts'
import type { Checked } from '../foundation/diagnostic.ts'
import { falsehood } from '../model/language/builder.ts'
import type { TransitionSystem } from '../model/language/transition-system.ts'
import type { Elaboration, Scenario } from '../model/scenarios/elaborate.ts'
import { elaborate } from '../model/scenarios/elaborate.ts'
import type { Promised } from '../properties/catalog/promise.ts'
import { variablesRead } from '../properties/language/variables-read.ts'
import type { CellStatus, Evidence, Finding, SearchSummary } from '../report/finding.ts'
import { describeLimit } from './describe-limit.ts'
import { digestOfModel, findEvidence } from './find-evidence.ts'
import { formulate } from './formulate.ts'
import type { Judgement } from './judgement.ts'
import type { JudgementMemory } from './judgement-memory.ts'
import type { WantedReductions } from './reductions.ts'
import { reductionsOf } from './reductions.ts'

export interface JudgeOptions extends Surveillance, WantedReductions {
  readonly limits?: SearchLimits
  readonly engine?: NonNullable<CheckOptions['engine']>
  readonly helpers?: NonNullable<CheckOptions['helpers']>
  /** Default: breadth-first. A random walk can find violations; it never shows that anything holds. */
  readonly search?: Search
  /** Whether to find a shortest trace for each violation, or to give verdicts alone. Default: shortest. */
  readonly evidence?: 'shortest' | 'none'
  /** Limits of the search for shortest traces; it works in the larger unmerged system. Default: 400,000 states. */
  readonly evidenceLimits?: SearchLimits
  /** Replay codes of earlier evidence, by property. One that still replays on the same model is kept; the verdict is found anew. */
  readonly earlier?: ReadonlyMap<string, string>
  /** Whether steps nobody can see are merged. Default: true. */
  readonly merge?: boolean
  /** Judgements of earlier calls with the same options, to be used again where the model is the same. */
  readonly memory?: JudgementMemory
  /** Whether to work out the digest of the model. Default: false. */
  readonly withDigest?: boolean
}

/** Checks every promise in one search, then finds a shortest trace for each that is violated. */
export async function judgeScenario(
  scenario: Scenario,
  promises: readonly Promised[],
  options: JudgeOptions = {},
): Promise<Checked<Judgement>> {
  const elaboration = elaborate(scenario)
  const searched = elaboration.compile({ merge: options.merge ?? true, visible: variablesOf(elaboration, promises) })
  const properties = formulate(elaboration, searched, promises)
  const question = { system: searched.system, properties }
  const known = options.memory?.recall(question, scenario)
  if (known !== undefined) return { ok: true, value: known }
  const checked = await check(searched.system, properties, {
    ...options,
    reductions: reductionsOf(options),
  })
  if (!checked.ok) return checked
  const { verdicts, coverage, actionsNeverTaken, modelError } = checked.value
  if (modelError !== undefined) return { ok: false, diagnostics: [modelError.diagnostic] }

  const violated = verdicts.filter(({ kind }) => kind === 'violated').map(({ property }) => property)
  const evidence =
    violated.length === 0 || options.evidence === 'none'
      ? { ok: true as const, value: new Map<string, Evidence>() }
      : await findEvidence(
          elaboration,
          promises.filter(({ name }) => violated.includes(name)),
          options,
        )
  if (!evidence.ok) return evidence
  const { reading, client, bounds } = scenario
  const search = summarize(coverage)
  const findings = verdicts.map((verdict): Finding => {
    const shown = evidence.value.get(verdict.property)
    const cell = { reading, client: client.name, property: verdict.property, bounds }
    return { cell, status: statusOf(verdict), search, ...(shown === undefined ? {} : { evidence: shown }) }
  })
  const digest = options.withDigest === true ? { digest: digestOfModel(elaboration) } : {}
  const symmetry = checked.value.symmetry === undefined ? {} : { symmetry: describeSymmetry(searched.system, checked.value.symmetry) }
  const judgement = { scenario, findings, actionsNeverTaken, ...digest, ...symmetry }
  options.memory?.keep(question, judgement)
  return { ok: true, value: judgement }
}

/** Names of the variables that some promises read: steps that touch them are not merged away. */
export function variablesOf(elaboration: Elaboration, promises: readonly Promised[]): ReadonlySet<string> {
  const nowhere = { standsAt: elaboration.standsSomewhere, everyProgramEnded: falsehood, isRunning: falsehood }
  return new Set(formulate(elaboration, nowhere, promises).flatMap((property) => [...variablesRead(property)]))
}

function describeSymmetry({ processes }: TransitionSystem, { groups, obstacles }: SymmetryOfProcesses): NonNullable<Judgement['symmetry']> {
  return { interchangeable: groups.map((group) => group.processes.map((process) => processes[process] ?? '')), obstacles }
}

function statusOf(verdict: Verdict): CellStatus {
  switch (verdict.kind) {
    case 'holds':
      return verdict.premiseOccurred ? 'safe' : 'never-exercised'
    case 'violated':
      return 'violated'
    case 'undecided':
      return 'undecided'
  }
}

function summarize(coverage: Coverage): SearchSummary {
  const { distinctStates, transitions, diameter } = coverage
  const seen = { distinctStates, transitions, diameter }
  return coverage.kind === 'exhaustive'
    ? { coverage: 'exhaustive', ...seen }
    : { coverage: 'limited', limit: describeLimit(coverage.limit), ...seen }
}
