import { check } from '../checker/check.ts'
import { compileSystem } from '../checker/compile/compile.ts'
import { findShortestTraces } from '../checker/explore/shortest-trace.ts'
import type { SearchLimits } from '../checker/search-limits.ts'
import type { Surveillance } from '../checker/search-watch.ts'
import { modelDigest } from '../checker/trace/model-digest.ts'
import { choicesOf, confirm, replayChoices } from '../checker/trace/replay.ts'
import type { Trace } from '../checker/trace/trace.ts'
import { countContextSwitches, lastState } from '../checker/trace/trace.ts'
import { decodeTraceCode, encodeTraceCode } from '../checker/trace/trace-code.ts'
import type { Checked } from '../foundation/diagnostic.ts'
import { InternalError } from '../foundation/diagnostic.ts'
import type { TransitionSystem } from '../model/language/transition-system.ts'
import type { Elaboration, Scenario } from '../model/scenarios/elaborate.ts'
import { nameOf } from '../model/scenarios/elaborate.ts'
import type { Promised } from '../properties/catalog/promise.ts'
import type { Property } from '../properties/language/property.ts'
import type { CellName, Evidence } from '../report/finding.ts'
import { formulate } from './formulate.ts'
import { narrate } from './narrate.ts'
import type { WantedReductions } from './reductions.ts'
import { reductionsOf } from './reductions.ts'
import { standingOf } from './standing.ts'

export interface EvidenceOptions extends Surveillance, WantedReductions {
  readonly evidenceLimits?: SearchLimits
  readonly earlier?: ReadonlyMap<string, string>
}

const usualEvidenceLimits: SearchLimits = { states: 400_000 }

/** Digest of a scenario's unmerged system. */
export function digestOfModel(elaboration: Elaboration): string {
  return modelDigest(elaboration.compile({ merge: false, visible: new Set() }).system)
}

/**
 * A shortest trace of the unmerged system for each promise; all of them were seen to be violated. Earlier codes that still replay on this
 * very model are kept: they were shortest when they were found, and the model has the same digest.
 */
export async function findEvidence(
  elaboration: Elaboration,
  violated: readonly Promised[],
  options: EvidenceOptions,
): Promise<Checked<ReadonlyMap<string, Evidence>>> {
  const unmerged = elaboration.compile({ merge: false, visible: new Set() })
  const { system } = unmerged
  const digest = modelDigest(system)
  const properties = formulate(elaboration, unmerged, violated)
  const evidence = new Map<string, Evidence>()
  const describe = ({ name }: Property, trace: Trace, isShortest: boolean, choices = choicesOf(system, trace)): void => {
    evidence.set(name, describeEvidence(elaboration.scenario, { system, digest, property: name, trace, choices, isShortest }))
  }
  const open = properties.filter((property) => {
    const earlier = earlierTrace(system, property, digest, options.earlier?.get(property.name))
    if (earlier !== undefined) describe(property, earlier.trace, true, earlier.choices)
    return earlier === undefined
  })
  if (open.length === 0) return { ok: true, value: evidence }
  const limits = options.evidenceLimits ?? usualEvidenceLimits
  const found = await findShortestTraces(system, open, { ...options, compile: compileSystem, limits })
  if (!found.ok) return found
  for (const [i, property] of open.entries()) {
    const shortest = found.value[i]
    if (shortest?.kind === 'found') {
      describe(property, shortest.trace, true)
      continue
    }
    const some = await anyTrace(system, property, elaboration.scenario, options)
    if (!some.ok) return some
    describe(property, some.value, false)
  }
  return { ok: true, value: evidence }
}

/** The merged search found a violation that the unmerged one did not reach within its limits: any trace of the unmerged system will do. */
async function anyTrace(
  system: TransitionSystem,
  property: Property,
  scenario: Scenario,
  options: EvidenceOptions,
): Promise<Checked<Trace>> {
  const { now, pause, signal } = options
  const checked = await check(system, [property], {
    reductions: reductionsOf(options),
    stopAt: 'first-violation',
    ...(now === undefined ? {} : { now }),
    ...(pause === undefined ? {} : { pause }),
    ...(signal === undefined ? {} : { signal }),
  })
  if (!checked.ok) return checked
  const trace = checked.value.verdicts[0]?.trace
  if (trace !== undefined) return { ok: true, value: trace }
  const message = `No trace of "${property.name}" was found without merging steps.`
  return { ok: false, diagnostics: [{ code: 'MC504', message, place: [nameOf(scenario)] }] }
}

/** The trace of an earlier code, if it belongs to this very model and still shows the violation. */
function earlierTrace(
  system: TransitionSystem,
  property: Property,
  digest: string,
  code: string | undefined,
): { readonly trace: Trace; readonly choices: readonly number[] } | undefined {
  if (code === undefined) return undefined
  const decoded = decodeTraceCode(code)
  if (!decoded.ok || decoded.value.digest !== digest) return undefined
  const { choices } = decoded.value
  const replayed = replayChoices(system, choices)
  return replayed.ok && confirm(system, property, replayed.value) ? { trace: replayed.value, choices } : undefined
}

/** The code of a trace as evidence for one cell. */
export function codeOf({ reading, client, property, bounds }: CellName, digest: string, choices: readonly number[]): string {
  const sizes = [bounds.threads, bounds.interpreters, bounds.rounds]
  return encodeTraceCode({ cell: [reading, client, property], bounds: sizes, digest, choices })
}

/** The same evidence for another cell whose model is the same. */
export function moveEvidence(evidence: Evidence, cell: CellName): Evidence {
  const decoded = decodeTraceCode(evidence.replayCode)
  if (!decoded.ok) throw new InternalError('MC901', `a replay code of ours is malformed: ${evidence.replayCode}`)
  return { ...evidence, replayCode: codeOf(cell, decoded.value.digest, decoded.value.choices) }
}

export interface Shown {
  readonly system: TransitionSystem
  readonly digest: string
  readonly property: string
  readonly trace: Trace
  readonly choices: readonly number[]
  readonly isShortest: boolean
}

export function describeEvidence(
  { reading, client, bounds }: Scenario,
  { system, digest, property, trace, choices, isShortest }: Shown,
): Evidence {
  return {
    replayCode: codeOf({ reading, client: client.name, property, bounds }, digest, choices),
    stepCount: trace.steps.length,
    contextSwitches: countContextSwitches(trace),
    isShortest,
    threads: system.processes,
    steps: narrate(system, trace),
    standing: standingOf(system, lastState(trace)),
  }
}
