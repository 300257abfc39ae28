import type { Formula, Place, Term } from '../../language/builder.ts'
import { and, not } from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import type { Caller } from '../caller.ts'
import type { RuntimeState } from '../runtime-state.ts'
import { isNoThreadState } from '../runtime-state.ts'
import type { ThreadState } from '../vocabulary.ts'

/**
 * `PyThreadStateToken *`, which `PyThreadState_Ensure` returns and Release takes (3.15): the thread state that was attached before, a
 * sentinel where none was, or NULL where Ensure failed. Both are told by a thread state, or none, and a truth value.
 */
export interface Token {
  /** The thread state that was attached before; none in a sentinel and in NULL. */
  readonly before: Term<ThreadState>
  readonly isSentinel: Formula
}

/** A token in places: what a call returned, or a client keeps. */
export interface KeptToken extends Token {
  readonly before: Place<ThreadState>
  readonly isSentinel: Place<'boolean'>
}

/** The token is NULL: Ensure failed. */
export function isNullToken(runtime: RuntimeState, { before, isSentinel }: Token): Formula {
  return and(isNoThreadState(runtime, before), not(isSentinel))
}

/** Where the call being written down puts what it returns. */
export function tokenOfThisCall({ program, runtime }: Caller): KeptToken {
  return {
    before: program.local('token', runtime.vocabulary.threadStateOrNone),
    isSentinel: program.local('token is the sentinel', boolean),
  }
}
