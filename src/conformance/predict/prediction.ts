import type { Death, Observation, Outcome } from '../subject/observation.ts'

/** What the model expects to be seen after a step. Where CPython leaves a race open there are several. */
export interface Prediction {
  readonly observation: Expected
  /** Sentences of the statements of C code that ran in the step, each once: what a conforming schedule covers. */
  readonly covered: readonly string[]
}

export type Expected = Omit<Observation, 'outcome' | 'cameBack'> & {
  readonly outcome: ExpectedOutcome
  readonly cameBack: readonly { readonly thread: string; readonly step: number; readonly outcome: ExpectedOutcome }[]
}

/** The C standard says nothing of what follows: nothing is compared any more, and the schedule ends. */
export type ExpectedOutcome =
  | Exclude<Outcome, { kind: 'died' }>
  /** CPython prints what thread a fatal error happened in, by its slot and what it has current: freed memory may be what kills the process. */
  | { readonly kind: 'died'; readonly death: Death; readonly mayPrintTheFreed?: boolean }
  | { readonly kind: 'undefined'; readonly cause: string }
