import type { BenchModel } from '../models/bench-model.ts'

/** What one search took. */
export interface Run {
  readonly states: number
  /** Of the search alone: without compiling C, but with what gilproof generates inside of it. */
  readonly seconds: number
  readonly cpuSeconds: number
  /** The most memory the process held at once, all of it. */
  readonly peakBytes: number
  /** What the tool itself says a state takes. */
  readonly ownBytesPerState?: number
}

export type Attempt =
  | { readonly kind: 'finished'; readonly run: Run }
  /** The search was given up. */
  | { readonly kind: 'stopped'; readonly by: 'time' | 'memory' }

/** Where a search is given up. */
export interface Budget {
  readonly seconds: number
  readonly bytes: number
}

/** Work before the first search, once a model. */
export interface Preparation {
  readonly cpuSeconds: number
  readonly peakBytes: number
}

export interface PreparedTool {
  readonly preparation: Preparation
  /** Peak memory of the same process without states to search. */
  readonly emptyPeakBytes: number
  /** `expectedStates` is what a tool may reserve room for. */
  search(expectedStates: number, budget: Budget): Promise<Attempt>
}

/** A checker in one way of running it. */
export interface Tool {
  readonly name: string
  /** What it leaves out, as a text: tools that leave out the same must count the same. Empty: nothing. */
  readonly reductions: string
  /** Whether its preparation is the work of another program, so that several can go on at once. */
  readonly compiles: boolean
  appliesTo(model: BenchModel): boolean
  /** `folder` is empty and its own. */
  prepare(model: BenchModel, folder: string): Promise<PreparedTool>
}
