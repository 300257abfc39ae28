import { confirm, replayChoices } from '../checker/trace/replay.ts'
import type { Trace } from '../checker/trace/trace.ts'
import { decodeTraceCode } from '../checker/trace/trace-code.ts'
import type { Checked } from '../foundation/diagnostic.ts'
import type { Elaboration } from '../model/scenarios/elaborate.ts'
import type { Promised } from '../properties/catalog/promise.ts'
import type { Evidence } from '../report/finding.ts'
import { codeOf, describeEvidence } from './find-evidence.ts'
import { formulate } from './formulate.ts'

/** A counterexample as it was found, perhaps in another scenario with the same model. */
export interface Earlier {
  readonly promise: Promised
  readonly replayCode: string
  readonly isShortest: boolean
}

/** A violation that was seen again: its code for this scenario, and its trace for who wants to be told. */
export interface Replayed {
  readonly replayCode: string
  readonly tell: () => Evidence
}

/**
 * Takes the steps of earlier counterexamples again, in this scenario, by the reference semantics. Undefined unless each of them is still one. The
 * digests in their codes are taken over, not compared: what is shown is shown on this very model. Cost: no search; one pass for each step.
 */
export function replayEvidence(elaboration: Elaboration, earlier: readonly Earlier[]): ReadonlyMap<string, Replayed> | undefined {
  const { scenario } = elaboration
  const { reading, client, bounds } = scenario
  const unmerged = elaboration.compile({ merge: false, visible: new Set() })
  const { system } = unmerged
  const promises = earlier.map(({ promise }) => promise)
  const replayed = new Map<string, Replayed>()
  // One trace often breaks several promises.
  const traces = new Map<string, Checked<Trace>>()
  for (const [i, property] of formulate(elaboration, unmerged, promises).entries()) {
    const { replayCode = '', isShortest = false } = earlier[i] ?? {}
    const decoded = decodeTraceCode(replayCode)
    if (!decoded.ok) return undefined
    const { digest, choices } = decoded.value
    const steps = choices.join()
    const trace = traces.get(steps) ?? replayChoices(system, choices)
    traces.set(steps, trace)
    if (!trace.ok || !confirm(system, property, trace.value)) return undefined
    const { name } = property
    replayed.set(name, {
      replayCode: codeOf({ reading, client: client.name, property: name, bounds }, digest, choices),
      tell: () => describeEvidence(scenario, { system, digest, property: name, trace: trace.value, choices, isShortest }),
    })
  }
  return replayed
}
