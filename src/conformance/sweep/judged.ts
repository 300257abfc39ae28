import type { Difference } from '../compare/compare-step.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { Observation } from '../subject/observation.ts'

/** What became of one schedule that a libpython and the model took side by side. Plain data, so that it can be sent to another thread. */
export interface Judged {
  /**
   * `races`: they disagree, and so do several runs of the libpython with each other. `is impossible`: the model cannot take some step; what
   * it says before that step was not compared.
   */
  readonly verdict: 'agrees' | 'disagrees' | 'races' | 'is impossible'
  readonly schedule: Schedule
  /** Steps in which they agreed. */
  readonly steps: number
  /** Steps in which "blocked" was waited for and not proved. */
  readonly inexact: number
  /** Statements of modelled C code that ran in these steps, each once. */
  readonly covered: readonly string[]
  /** Whether the last step compared was one after which the C standard says nothing. */
  readonly endsUndefined: boolean
  readonly disagreement?: Disagreement
  /** Why it is impossible, and from which step on. */
  readonly reason?: { readonly step: number; readonly says: string }
}

/** The first step in which they disagreed. */
export interface Disagreement {
  readonly step: number
  /** To the prediction that came nearest. */
  readonly differences: readonly Difference[]
  /** How many predictions there were. */
  readonly predictions: number
  /** What was seen, up to that step. */
  readonly seen: readonly Observation[]
}

/** Names of threads and of results, and numbers: what differs between two schedules that show the same. */
const particular = /main thread state|\b[MFGP]\b(#\d+)?|\bs\d+'?|#?\b\d+\b/g

/** Says what is wrong without saying where: equal for disagreements that probably have one cause. */
export function signatureOf({ schedule, disagreement }: Pick<Judged, 'schedule' | 'disagreement'>): string {
  const call = schedule.steps[disagreement?.step ?? -1]?.call ?? 'nothing'
  const [first] = disagreement?.differences ?? []
  return first === undefined ? call : `${call}: ${`${first.what}: ${first.expected}, ${first.seen}`.replaceAll(particular, '·')}`
}

/** Without the steps after the disagreement. */
export function cutOff(judged: Judged): Judged {
  const { schedule, disagreement } = judged
  return { ...judged, schedule: { ...schedule, steps: schedule.steps.slice(0, (disagreement?.step ?? schedule.steps.length) + 1) } }
}
