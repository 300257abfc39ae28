import type { Property } from '../properties/language/property.ts'
import type { Trace } from './trace/trace.ts'

/** What cut a search short. */
export type Limit =
  | { readonly kind: 'states' | 'depth' | 'memory' | 'time'; readonly value: number }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'random-walk'; readonly seed: number; readonly walks: number; readonly depth: number }
  /** The search was asked to go no further once it had found this. */
  | { readonly kind: 'stopped'; readonly at: 'first-violation' | 'every-property-decided' }
  /** The model goes wrong in a reachable state; what lies beyond has no meaning. */
  | { readonly kind: 'model-error'; readonly code: string }

export interface Seen {
  readonly distinctStates: number
  readonly transitions: number
  /** Most steps from the initial state to a state seen; the diameter if the coverage is exhaustive. */
  readonly diameter: number
}
export interface ExhaustiveCoverage extends Seen {
  readonly kind: 'exhaustive'
  readonly collisionProbability: number
}
export interface LimitedCoverage extends Seen {
  readonly kind: 'limited'
  readonly limit: Limit
}
/** How much of the reachable states a search saw. */
export type Coverage = ExhaustiveCoverage | LimitedCoverage

declare const concluded: unique symbol
interface Judged {
  readonly property: string
  /** False: the situation the property speaks of was never seen, so the property was never exercised. True without a premise. */
  readonly premiseOccurred: boolean
}
/** The symbol is not exported, so a `holds` is made in this file or not at all. */
interface Holds extends Judged {
  readonly kind: 'holds'
  readonly [concluded]: true
}
interface Violated extends Judged {
  readonly kind: 'violated'
}
interface Undecided extends Judged {
  readonly kind: 'undecided'
  readonly coverage: LimitedCoverage
  readonly trace: undefined
}
/** Needs all states to have been seen: a safety property that holds, a goal that cannot be reached. */
interface FromAllStates {
  readonly coverage: ExhaustiveCoverage
  readonly trace: undefined
}
/** Needs one trace, however little was seen: a counterexample, or the witness of a goal. */
interface FromTrace {
  readonly coverage: Coverage
  readonly trace: Trace
}
export type Verdict = (Holds & FromAllStates) | (Holds & FromTrace) | (Violated & FromAllStates) | (Violated & FromTrace) | Undecided

export interface Evidence {
  /** The violation found; for a reachability question, the goal found. */
  readonly trace: Trace | undefined
  readonly premiseOccurred: boolean
}

/** What may be said of a property. */
export function conclude(property: Property, evidence: Evidence, coverage: Coverage): Verdict {
  return property.kind === 'reachable'
    ? concludeReachability(property.name, evidence, coverage)
    : concludeSafety(property.name, evidence, coverage)
}

/** A safety property holds only if every reachable state was seen; one violation found under any limit is a violation. */
export function concludeSafety(property: string, { trace, premiseOccurred }: Evidence, coverage: Coverage): Verdict {
  if (trace !== undefined) return { kind: 'violated', property, premiseOccurred, coverage, trace }
  if (coverage.kind === 'limited') return { kind: 'undecided', property, premiseOccurred, coverage, trace }
  return holds({ property, premiseOccurred, coverage, trace })
}

/** A goal is reachable as soon as it was reached, and unreachable only if every reachable state was seen. */
export function concludeReachability(property: string, { trace, premiseOccurred }: Evidence, coverage: Coverage): Verdict {
  if (trace !== undefined) return holds({ property, premiseOccurred, coverage, trace })
  if (coverage.kind === 'limited') return { kind: 'undecided', property, premiseOccurred, coverage, trace }
  return { kind: 'violated', property, premiseOccurred, coverage, trace }
}

function holds<E extends FromAllStates | FromTrace>(judged: Judged & E): Judged & E & Holds {
  return { kind: 'holds', ...judged } as Judged & E & Holds
}
