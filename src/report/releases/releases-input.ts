import type { CellBounds, Finding } from '../finding.ts'
import type { ClientText, PromiseText, ReadingText } from '../report-input.ts'
import type { TraceVocabulary } from '../trace-vocabulary.ts'

/** What the report of the releases is made from, as plain data. */
export interface ReleasesInput {
  readonly bounds: CellBounds
  /** Oldest first: each is compared with the one before it. */
  readonly releases: readonly ReleaseText[]
  readonly clients: readonly ClientText[]
  /** In the order of tables. */
  readonly promises: readonly PromiseText[]
  /** What the newest API promises, and what its text promises of what there was before. */
  readonly newest: NewestApi
  /** Every cell; with evidence where a run of releases begins in which it is violated. */
  readonly findings: readonly Finding[]
  /** Empty where the model was not compared with CPython. */
  readonly conformance: readonly ConformanceFigures[]
}

export interface NewestApi {
  /** Names of those of `promises` that only releases which have it can keep or break. */
  readonly own: ReadonlySet<string>
  /** Names of those of `promises` that it repeats. */
  readonly repeated: ReadonlySet<string>
  /** Its revisions up to the release, the released one first; judged on the clients that use it. */
  readonly revisions: readonly ReadingText[]
}

/** One release, or several that behave alike. */
export interface ReleaseText {
  /** As findings name it: "cpython-3.12.release". */
  readonly name: string
  /** Head of a column: "3.12". */
  readonly short: string
  /** The versions that behave so: "3.9 to 3.10". */
  readonly versions: string
  /** What changed with it. */
  readonly says: string
  readonly reading: ReadingText
  readonly vocabulary: TraceVocabulary
}

/** How well the model agreed with one CPython that ran here. */
export interface ConformanceFigures {
  /** Which build: "python3.12, debug". */
  readonly subject: string
  readonly version: string
  readonly profile: string
  /** Sequences of calls that both ran. */
  readonly schedules: number
  readonly steps: number
  readonly disagreements: number
  /** Steps in which that a thread blocks was waited for, and not proved. */
  readonly inexact: number
  /** Statements of the model that the schedules ran, of all it has. */
  readonly covered: number
  readonly statements: number
  /** The others, and why no schedule runs them; nothing where one might, and none was drawn. */
  readonly uncovered: readonly { readonly statement: string; readonly because: string | undefined }[]
  /** How fast the sequences were run and compared, by wall clock, and on how many processors; nothing where it was not measured. */
  readonly speed?: { readonly schedulesPerSecond: number; readonly processors: number }
}
