import type { RuntimeState } from '../../model/cpython/runtime-state.ts'
import type { Formula } from '../../model/language/builder.ts'
import type { Expression } from '../../model/language/expression.ts'
import type { Property } from '../language/property.ts'

/** What a promise may speak of: a scenario's runtime state and where its threads stand. */
export interface Scene {
  readonly runtime: RuntimeState
  /** Number of OS threads, the main one counted. */
  readonly threadCount: number
  /** Whether a thread stands at a place of this name, and, where asked, whether this holds of what the place is about. */
  readonly standsAt: (process: number, place: string, where?: (about: Expression) => Formula) => Formula
  readonly everyProgramEnded: Formula
  readonly isRunning: Formula
}

/** What is promised, in words. */
export interface Claim {
  /** kebab-case, a claim; unique. */
  readonly name: string
  /** What a report calls a violation: "thread state used by the wrong interpreter". */
  readonly violation: string
  /** The promise in a sentence. */
  readonly says: string
  /** Where it was promised: documentation, message, or common sense said so. */
  readonly promisedBy: string
  /** Why a violation matters to the user of the program: the last sentence of a report's story. */
  readonly consequence: string
  /** What the last step of a counterexample does, for a report's story; "{thread}", "{attached}", "{detached}" and "{call}" are filled in. */
  readonly story?: string
}

/** A promise of the API as a property of any scenario. */
export interface Promised extends Claim {
  readonly formulate: (scene: Scene) => Property
}

/** The same as a formula. The premise is the situation that must have occurred before "holds" says anything. */
export type Stated =
  | { readonly kind: 'invariant'; readonly holds: Expression; readonly premise: Expression }
  | { readonly kind: 'forbidden-transition'; readonly forbids: Expression; readonly premise: Expression }
  | { readonly kind: 'no-deadlock'; readonly premise: Expression }
  | { readonly kind: 'can-always-reach'; readonly goal: Expression; readonly premise: Expression }

export function promise(claim: Claim, state: (scene: Scene) => Stated): Promised {
  const { name, says } = claim
  return Object.freeze({ ...claim, formulate: (scene: Scene) => ({ name, says, ...state(scene) }) })
}
