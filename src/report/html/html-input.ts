import type { Finding } from '../finding.ts'
import type { PageContext } from '../report-input.ts'

/** What the HTML page of one counterexample needs. */
export interface HtmlInput {
  readonly finding: Finding
  readonly context: PageContext
  readonly chart: ChartVocabulary
  /** Every element of the model's state, in order. */
  readonly places: readonly Place[]
  readonly program: CProgram
}

/** A C program that shows the counterexample, or why there is none. */
export type CProgram = { readonly text: string } | { readonly whyNot: string }

/** One element of a variable, as it is before the first step. */
export interface Place {
  /** As in `Change`: "slot[thread 1]". */
  readonly what: string
  readonly kind: 'shared' | 'local' | 'monitor'
  readonly variable: string
  readonly indices: readonly PlaceIndex[]
  readonly initial: string
  /** What it is in C: "autoTLSkey of this thread". */
  readonly means: string
}

export interface PlaceIndex {
  /** Name of the domain: "OS thread". */
  readonly of: string
  readonly name: string
}

/** Names in the model that lanes and cards are made of, beside those of `TraceVocabulary`. */
export interface ChartVocabulary {
  /** The array or variable that says which thread took the lock: "GIL was taken by". */
  readonly takenBy: string
  /** Domains, as `PlaceIndex` names them. */
  readonly thread: string
  readonly interpreter: string
  readonly threadState: string
  /** Shared variables that are shown even where they never change, with what readers call them. */
  readonly alwaysShown: ReadonlyMap<string, string>
}
