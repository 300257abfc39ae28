import type { Bounds } from '../cpython/bounds.ts'
import type { Policy } from '../cpython/policy.ts'
import type { Stage } from './stage.ts'

/** A program of real use: what some binding generator, embedder or test does with the API. */
export interface Client {
  /** kebab-case; unique. */
  readonly name: string
  /** One line for tables. */
  readonly title: string
  /** Who writes such programs, and what they do, in two or three sentences. */
  readonly says: string
  /** What the program does, in one sentence that may open a report's story. */
  readonly story?: string
  /**
   * `unmodified`: uses only calls of 3.2, within the documentation. `migrated`: uses the calls a design adds. `wrong`: breaks a documented
   * precondition, to see what notices. `most-general`: every sequence of calls up to a length.
   */
  readonly kind: 'unmodified' | 'migrated' | 'wrong' | 'most-general'
  /** Why the client cannot be run on a design, or undefined when it can. */
  readonly doesNotApply?: (policy: Policy) => string | undefined
  /** Thread states that may be alive or still referred to at once, beside the main one. Default: generous. */
  readonly threadStates?: (bounds: Bounds) => number
  /** The program finalizes the runtime. */
  readonly finalizes?: true
  /** It initializes the runtime again afterwards: once. */
  readonly restarts?: true
  /** It starts threads that are joined when their interpreter ends. Needless where it finalizes. */
  readonly joins?: true
  /** Nobody has called `PyEval_InitThreads` yet: up to 3.6 there is no GIL when it begins. */
  readonly startsWithoutGil?: true
  /** Writes the programs of all OS threads. */
  readonly write: (stage: Stage) => void
}

/** For `doesNotApply` of migrated clients that need no particular call. */
export function needsNewCalls(policy: Policy): string | undefined {
  const has = policy.ensureExLooksIn !== 'absent' || policy.interpreterSwap !== 'absent' || policy.guards
  return has ? undefined : 'the design adds no call to migrate to'
}

/** For `doesNotApply` of clients that call PyGILState_EnsureEx. */
export function needsEnsureEx(policy: Policy): string | undefined {
  return policy.ensureExLooksIn === 'absent' ? 'the design has no PyGILState_EnsureEx' : undefined
}

/** For `doesNotApply` of clients that call PyInterpreterState_Swap. */
export function needsInterpreterSwap(policy: Policy): string | undefined {
  return policy.interpreterSwap === 'absent' ? 'the design has no PyInterpreterState_Swap' : undefined
}

/** For `doesNotApply` of clients that call PyThreadState_Ensure (PEP 788). */
export function needsThreadStateEnsure(policy: Policy): string | undefined {
  const has = policy.guards && policy.guardedEnsure.threadStateEnsure === 'present'
  return has ? undefined : 'there is no PyThreadState_Ensure'
}

/** For `doesNotApply` of clients that call PyThreadState_EnsureFromView, whose tokens may be NULL. */
export function needsEnsureFromView(policy: Policy): string | undefined {
  const isThere = policy.guards && policy.guardedEnsure.fromView === 'present'
  return needsThreadStateEnsure(policy) ?? (isThere ? undefined : 'there is no PyThreadState_EnsureFromView')
}

/** For `doesNotApply` of clients of interpreters with GILs of their own, and of libraries that need 3.12. */
export function needsOwnGils(policy: Policy): string | undefined {
  return policy.gils === 'one' ? 'all interpreters share one GIL' : undefined
}
