import type { CellBounds, Finding } from './finding.ts'
import type { TraceVocabulary } from './trace-vocabulary.ts'

/** Everything the pages need, as plain data: the words that stand beside designs, clients and promises, and the verdicts. */
export interface ReportInput {
  /** The question that the index answers, one sentence. */
  readonly question: string
  /** Bounds of the matrix. */
  readonly bounds: CellBounds
  /** Readings and variations, in the order of tables; the first reading of each design is its nominal one, and the first of all is what there is today. */
  readonly readings: readonly ReadingText[]
  readonly clients: readonly ClientText[]
  readonly promises: readonly PromiseText[]
  /** Every cell of the matrix. */
  readonly findings: readonly Finding[]
  readonly dominances: readonly Dominance[]
  /** Empty where there is no baseline to compare with. */
  readonly keepsWorking: readonly KeepsWorking[]
  readonly claims: readonly ClaimText[]
  readonly vocabulary: TraceVocabulary
}

/** A reading of a design, or a variation of its nominal reading. */
export interface ReadingText {
  /** "pitrou.old-pair-means-main". */
  readonly name: string
  readonly design: string
  readonly designTitle: string
  /** Who proposed the design, and where. */
  readonly by: string
  readonly designSays: string
  readonly says: string
  readonly isVariation: boolean
  /** The question the design's text leaves open; only for variations. */
  readonly question?: string
  /** What differs from the design's nominal reading. */
  readonly differences: readonly Difference[]
  /** How the design works, in one sentence of a story: see `StoryTemplate`. */
  readonly story?: string
}

export interface Difference {
  readonly decision: string
  readonly nominal: string
  readonly here: string
}

export interface ClientText {
  readonly name: string
  readonly title: string
  readonly says: string
  readonly kind: 'unmodified' | 'migrated' | 'wrong' | 'most-general'
  readonly story?: string
}

export interface PromiseText {
  readonly name: string
  readonly violation: string
  readonly says: string
  readonly promisedBy: string
  readonly consequence: string
  /** What the last step does; "{thread}", "{attached}", "{detached}" and "{call}" are filled in. Default: its event. */
  readonly story?: string
}

/** One reading is at least as good as another on every cell both have, and better on some. */
export interface Dominance {
  readonly better: string
  readonly worse: string
  /** Number of cells on which it is better. */
  readonly gained: number
}

/** Whether an unmodified client keeps, on a reading, every promise that it keeps on the baseline. */
export interface KeepsWorking {
  readonly reading: string
  readonly client: string
  /** Promises kept on the baseline and broken here; empty when the client keeps working. */
  readonly lost: readonly Finding[]
  /** Some promise of the baseline could not be decided here. */
  readonly isUndecided: boolean
}

export type ClaimText = CheckedClaim | UncheckableClaim

interface SaidText {
  readonly name: string
  readonly says: string
  readonly by: string
  readonly messages: readonly number[]
  readonly quote?: string
}

export interface CheckedClaim extends SaidText {
  readonly kind: 'checkable'
  /** How the sentence was turned into checks, and what it does not say. */
  readonly formalisation: string
  readonly checks: readonly CheckedCell[]
}

export interface UncheckableClaim extends SaidText {
  readonly kind: 'uncheckable'
  readonly because: string
}

/** A cell that a claim speaks about, and what became of it. */
export interface CheckedCell {
  readonly finding: Finding
  readonly claims: 'kept' | 'broken'
  readonly predicts: 'confirmed' | 'refuted'
  readonly outcome: 'confirmed' | 'refuted' | 'undecided' | 'not-applicable'
}

/** What one page needs beside its finding. */
export interface PageContext {
  readonly reading: ReadingText
  readonly client: ClientText
  readonly promise: PromiseText
  readonly vocabulary: TraceVocabulary
  /** Where the page stands in the folder of reports, so that it can link to what is above it. */
  readonly standsIn?: 'report-folder' | 'releases-folder'
}
