import type { CellName } from '../report/finding.ts'
import type { Comparison, GateOutcome } from './compare-cells.ts'
import type { FoundCell } from './found-cell.ts'
import type { Shard } from './shard.ts'

/** What a run of a gate says: the same for the same manifest and the same verdicts, so without times. */
export interface GateResult {
  /** The version of gilproof. */
  readonly version: string
  /** Digest of the code that judged. */
  readonly engine: string
  /** `modules` as seen from where the run was started, as `path` is. */
  readonly manifest: { readonly path: string; readonly digest: string; readonly modules: readonly string[] }
  /** Absent where everything was judged. */
  readonly shard?: Shard
  readonly strictTraces: boolean
  readonly outcome: GateOutcome
  readonly comparison: Comparison
  /** Every cell that was judged or left out, in the order of `compareCells`. */
  readonly found: readonly FoundCell[]
}

/** Where a cell can be looked up: a file below the root of the repository, and a line from 1. */
export interface Place {
  readonly file: string
  readonly line: number
}

/** The place of a cell: in the user's file that has its design or client, else in the manifest. */
export type PlaceOf = (cell: CellName) => Place
