import type { SourceAnchor } from '../../model/language/source-anchor.ts'
import type { Standing } from '../finding.ts'

/** The schedule of a counterexample, run on the design it belongs to and on another one, up to where they part. Plain data. */
export interface Alignment {
  /** The reading whose counterexample gives the schedule, and the other one. */
  readonly schedule: string
  readonly other: string
  /** Told steps that both take, as "replay" numbers those of the schedule. */
  readonly sharedSteps: number
  /** Told steps of the schedule that the other design leaves out, or takes another one for, within a call that both make. */
  readonly ownSteps: number
  /** Calls that end on both sides by other steps, from some step on. */
  readonly otherWays: number
  /** Shared values that differ from a step on that both take, the first difference of each. */
  readonly values: readonly DifferingValue[]
  /** Absent where every step of the schedule is taken on both. */
  readonly parting?: Parting
  /** What each thread would do behind the last step, on either side; only where the two do not part. */
  readonly afterwards?: { readonly schedule: readonly Standing[]; readonly other: readonly Standing[] }
}

/** One element of a variable with its value on either side. */
export interface DifferingValue {
  readonly what: string
  readonly schedule: string
  readonly other: string
  /** The step after which it differs, where, and in which function; absent where it differs from the beginning. */
  readonly step?: number
  readonly source?: SourceAnchor
}

export interface Parting {
  /** The step of the schedule that the other design does not take. */
  readonly step: number
  readonly thread: string
  readonly kind: /** The other design's thread takes another step of the same call. */
    | 'other-step'
    /** It is not in that call, or its program has come to its end. */
    | 'other-call'
    /** It cannot take a step. */
    | 'blocked'
  readonly schedule: SideOfParting
  /** How the other design's process ends in this call, if it aborts: a fatal error, or undefined behaviour. */
  readonly ended?: string
  /** Absent where the thread has ended. */
  readonly other?: SideOfParting
}

export interface SideOfParting {
  readonly calls: readonly string[]
  readonly says: string
  readonly source?: SourceAnchor
  /** What the thread asked since the last step that both took, and found; in front of a blocked step, what does not hold. */
  readonly condition?: string
  /** What that reads, where the other side has another value: "tcur = thread state 2". */
  readonly reads: readonly string[]
  /** What the step changes: "slot[thread 1]: none → thread state 2", or, of locals alone, "tcur = thread state 2". */
  readonly changes: readonly string[]
}
