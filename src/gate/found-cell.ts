import type { SourceAnchor } from '../model/language/source-anchor.ts'
import { boundsCode } from '../report/cell-bounds.ts'
import type { CellName } from '../report/finding.ts'
import type { GateVerdict } from './gate-verdict.ts'

/** What one run found about one cell, as plain data. */
export interface FoundCell {
  readonly cell: CellName
  readonly verdict: GateVerdict
  /** Why it is undecided: the limit that was hit, or that the run ended before it was judged. */
  readonly reason?: string
  /** The run never came to it: the budget was spent, or somebody interrupted. No expectation is met by that. */
  readonly isLeftOut?: true
  /** Only where violated. */
  readonly counterexample?: Counterexample
}

/** A counterexample as a gate speaks of it. */
export interface Counterexample {
  readonly replayCode: string
  /** See `fingerprintOf`. */
  readonly fingerprint: string
  /** Absent where its fingerprint is that of the manifest, which has the trace. */
  readonly told?: ToldCounterexample
}

export interface ToldCounterexample {
  /** False where a shorter trace may exist. */
  readonly isShortest: boolean
  /** How the last step breaks the promise, in a few words. */
  readonly violation: string
  /** What happened, in sentences. */
  readonly story: readonly string[]
  readonly trace: readonly TraceLine[]
}

/** One told step. Lines are the same where their texts are; the rest says where to look. */
export interface TraceLine {
  /** "thread 1: PyGILState_Ensure > take_gil: takes the GIL | GIL is locked: false → true". */
  readonly text: string
  readonly thread: string
  readonly source?: SourceAnchor
}

/** Names a cell: the same for equal names and bounds. */
export function gateKey({ reading, client, property, bounds }: CellName): string {
  return [reading, client, boundsCode(bounds), property].join('\n')
}

/** By reading, client, bounds and promise, in the order of UTF-16 code units: the same on every machine. */
export function compareCells(left: CellName, right: CellName): number {
  const [one, other] = [gateKey(left), gateKey(right)]
  return one < other ? -1 : Number(one > other)
}
