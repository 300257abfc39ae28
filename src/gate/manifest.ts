import type { CellBounds, CellName } from '../report/finding.ts'
import type { GateVerdict } from './gate-verdict.ts'

/** The file that a gate reads unless another is named. */
export const usualManifest = 'gilproof.gate.json'

/** Verdicts kept in a repository: what is judged, and what is expected of each cell. */
export interface Manifest {
  /** Where editors find the schema of the file. */
  readonly schema: string
  /** Files that export designs, clients or promises, from the folder of the manifest. */
  readonly modules: readonly string[]
  readonly covers: readonly Cover[]
  readonly limits: GateLimits
  /** Whether cells may be recorded as undecided. */
  readonly allowUndecided: boolean
  /** In the order of `compareCells`; no cell twice. */
  readonly cells: readonly ExpectedCell[]
}

/** Cells that are judged: every promise for every client on every reading. Where nothing is named, what `check` takes. */
export interface Cover {
  /** Designs or readings. */
  readonly designs?: readonly string[]
  readonly clients?: readonly string[]
  readonly properties?: readonly string[]
  readonly bounds: CellBounds
}

/** Where each search gives up; as the options of `check`. */
export interface GateLimits {
  readonly states?: number
  readonly seconds?: number
  readonly megabytes?: number
}

export interface ExpectedCell {
  readonly cell: CellName
  readonly verdict: GateVerdict
  /** Why that is accepted, written by hand; of violated and undecided cells. */
  readonly because?: string
  /** Only where violated. */
  readonly counterexample?: ExpectedTrace
}

/** A counterexample as the manifest keeps it: it can be shown when the model that it came from is no more. */
export interface ExpectedTrace {
  readonly fingerprint: string
  readonly lines: readonly string[]
}
