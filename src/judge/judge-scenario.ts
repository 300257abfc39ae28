import type { CheckOptions } from '../checker/check.ts'
import { check } from '../checker/check.ts'
import { compileSystem } from '../checker/compile/compile.ts'
import { findShortestTrace } from '../checker/explore/shortest-trace.ts'
import type { SearchLimits } from '../checker/search-limits.ts'
import type { Surveillance } from '../checker/search-watch.ts'
import { choicesOf, confirm, replayChoices } from '../checker/trace/replay.ts'
import type { Trace } from '../checker/trace/trace.ts'
import { countContextSwitches, lastState } from '../checker/trace/trace.ts'
import { decodeTraceCode, encodeTraceCode, modelDigest } from '../checker/trace/trace-code.ts'
import type { Coverage, Verdict } from '../checker/verdict.ts'
import type { Checked } from '../foundation/diagnostic.ts'
import type { ProgramSystem } from '../model/program/to-system.ts'
import type { Elaboration, Scenario } from '../model/scenarios/elaborate.ts'
import { elaborate, nameOf } from '../model/scenarios/elaborate.ts'
import type { Promised } from '../properties/catalog/promise.ts'
import type { Property } from '../properties/language/property.ts'
import { variablesRead } from '../properties/language/variables-read.ts'
import type { CellStatus, Evidence, Finding, SearchSummary } from '../report/finding.ts'
import { describeLimit } from './describe-limit.ts'
import { narrate } from './narrate.ts'
import { standingOf } from './standing.ts'

export interface JudgeOptions extends Surveillance {
  readonly limits?: SearchLimits
  readonly engine?: NonNullable<CheckOptions['engine']>
  /** Limits of the search for a shortest trace; it works in the larger unmerged system. Default: 400,000 states. */
  readonly evidenceLimits?: SearchLimits
  /** Replay codes of earlier evidence, by property. One that still replays on the same model is kept; the verdict is found anew. */
  readonly earlier?: ReadonlyMap<string, string>
  /** Whether steps nobody can see are merged. Default: true. */
  readonly merge?: boolean
}

/** The verdicts on all promises for one client on one design, and what the search saw. */
export interface Judgement {
  readonly scenario: Scenario
  readonly findings: readonly Finding[]
  readonly actionsNeverTaken: readonly string[]
  /** Digest of the unmerged system: what replay codes carry. */
  readonly digest: string
}

const usualEvidenceLimits: SearchLimits = { states: 400_000 }

/** Checks every promise in one search, then finds a shortest trace for each that is violated. */
export async function judgeScenario(
  scenario: Scenario,
  promises: readonly Promised[],
  options: JudgeOptions = {},
): Promise<Checked<Judgement>> {
  const elaboration = elaborate(scenario)
  const unmerged = elaboration.compile({ merge: false, visible: new Set() })
  const unmergedProperties = formulate(elaboration, unmerged, promises)
  const visible = new Set(unmergedProperties.flatMap((property) => [...variablesRead(property)]))
  const merged = options.merge === false ? unmerged : elaboration.compile({ merge: true, visible })
  const checked = await check(merged.system, formulate(elaboration, merged, promises), { ...options, reductions: ['identity-renaming'] })
  if (!checked.ok) return checked
  const { verdicts, coverage, actionsNeverTaken, modelError } = checked.value
  if (modelError !== undefined) return { ok: false, diagnostics: [modelError.diagnostic] }

  const digest = modelDigest(unmerged.system)
  const search = summarize(coverage)
  const findings: Finding[] = []
  for (const [i, verdict] of verdicts.entries()) {
    const property = unmergedProperties[i]
    if (property === undefined) continue
    const cell = { reading: scenario.reading, client: scenario.client.name, property: property.name, bounds: scenario.bounds }
    const status = statusOf(verdict)
    if (status !== 'violated') {
      findings.push({ cell, status, search })
      continue
    }
    const found = await evidenceFor(scenario, unmerged, property, digest, options)
    if (!found.ok) return found
    findings.push({ cell, status, search, evidence: found.value })
  }
  return { ok: true, value: { scenario, findings, actionsNeverTaken, digest } }
}

/** The properties of some promises, spoken about one compiled system. */
export function formulate(
  elaboration: Elaboration,
  { standsAt, everyProgramEnded, isRunning }: ProgramSystem,
  promises: readonly Promised[],
): readonly Property[] {
  const { runtime, threadCount } = elaboration
  return promises.map((promise) => promise.formulate({ runtime, threadCount, standsAt, everyProgramEnded, isRunning }))
}

async function evidenceFor(
  scenario: Scenario,
  unmerged: ProgramSystem,
  property: Property,
  digest: string,
  options: JudgeOptions,
): Promise<Checked<Evidence>> {
  const { system } = unmerged
  const earlier = earlierTrace(system, property, digest, options.earlier?.get(property.name))
  if (earlier !== undefined) return { ok: true, value: describeEvidence(scenario, system, property, digest, earlier, true) }
  const limits = options.evidenceLimits ?? usualEvidenceLimits
  const found = await findShortestTrace(system, property, { ...options, compile: compileSystem, limits })
  if (!found.ok) return found
  if (found.value.kind === 'found')
    return { ok: true, value: describeEvidence(scenario, system, property, digest, found.value.trace, true) }
  // The merged search found a violation the unmerged one could not reach within its limits: any trace of the unmerged system will do.
  const plain = await check(system, [property], { ...options, reductions: ['identity-renaming'], limits: {}, stopAt: 'first-violation' })
  if (!plain.ok) return plain
  const trace = plain.value.verdicts[0]?.trace
  if (trace === undefined) {
    return {
      ok: false,
      diagnostics: [
        { code: 'MC504', message: `No trace of "${property.name}" was found without merging steps.`, place: [nameOf(scenario)] },
      ],
    }
  }
  return { ok: true, value: describeEvidence(scenario, system, property, digest, trace, false) }
}

/** The trace of an earlier code, if it belongs to this very model and still shows the violation. */
function earlierTrace(system: ProgramSystem['system'], property: Property, digest: string, code: string | undefined): Trace | undefined {
  if (code === undefined) return undefined
  const decoded = decodeTraceCode(code)
  if (!decoded.ok || decoded.value.digest !== digest) return undefined
  const replayed = replayChoices(system, decoded.value.choices)
  return replayed.ok && confirm(system, property, replayed.value) ? replayed.value : undefined
}

function describeEvidence(
  scenario: Scenario,
  system: ProgramSystem['system'],
  property: Property,
  digest: string,
  trace: Trace,
  isShortest: boolean,
): Evidence {
  const { threads, interpreters, rounds } = scenario.bounds
  const replayCode = encodeTraceCode({
    cell: [scenario.reading, scenario.client.name, property.name],
    bounds: [threads, interpreters, rounds],
    digest,
    choices: choicesOf(system, trace),
  })
  return {
    replayCode,
    stepCount: trace.steps.length,
    contextSwitches: countContextSwitches(trace),
    isShortest,
    threads: system.processes,
    steps: narrate(system, trace),
    standing: standingOf(system, lastState(trace)),
  }
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
