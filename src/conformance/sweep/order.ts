import type { Diagnostic } from '../../foundation/diagnostic.ts'
import type { Policy } from '../../model/cpython/policy.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { SubjectLocation } from '../subject/harness-command.ts'
import type { Judged } from './judged.ts'

/** A libpython, and the model that it is compared with. */
export interface Pairing {
  readonly subject: SubjectLocation
  readonly policy: Policy
}

/** What a thread is asked to do with a pairing. Plain data. */
export type Order =
  /** Run the schedules of these numbers. */
  | { readonly kind: 'random'; readonly numbers: readonly (readonly number[])[]; readonly isSure: boolean }
  | { readonly kind: 'given'; readonly schedules: readonly Schedule[] }
  | { readonly kind: 'shrink'; readonly numbers: readonly number[] }

export interface Request {
  readonly pairing: Pairing
  readonly order: Order
}

/** One result for each schedule, in their order; for `shrink` one or none. */
export type Answer =
  | { readonly ok: true; readonly value: readonly Judged[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** Sent instead of a request: end everything at once. */
export const stop = 'stop'
