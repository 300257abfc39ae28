import type { Client } from '../model/clients/client.ts'
import type { Bounds } from '../model/cpython/bounds.ts'
import type { Promised } from '../properties/catalog/promise.ts'

/** Something a participant of the debate says, in a form that can be checked, or the reason why it cannot. */
export type Claim = CheckableClaim | UncheckableClaim

interface Said {
  /** kebab-case; unique; the file is named after it. */
  readonly name: string
  /** The claim in one sentence of ours. */
  readonly says: string
  /** Who. */
  readonly by: string
  /** Number of the message of bpo-10915, such as 126400; a claim may be repeated in several. */
  readonly messages: readonly [number, ...number[]]
  /** A few words of the message. */
  readonly quote?: string
}

export interface CheckableClaim extends Said {
  readonly kind: 'checkable'
  /** How the sentence was turned into checks, and what it does not say. */
  readonly formalisation: string
  readonly checks: readonly [ClaimCheck, ...ClaimCheck[]]
}

export interface UncheckableClaim extends Said {
  readonly kind: 'uncheckable'
  readonly because: string
}

/** One cell that the claim speaks about. */
export interface ClaimCheck {
  /** "pitrou.old-pair-means-main". */
  readonly reading: string
  readonly client: Client
  readonly promise: Promised
  readonly bounds: Bounds
  /** What the claim says of the cell: the promise is kept, or it is broken. */
  readonly claims: 'kept' | 'broken'
  /** What the author of the formalisation predicted, before the checker first ran it. */
  readonly predicts: 'confirmed' | 'refuted'
}

/** What became of a check: it agrees with the claim, contradicts it, or could not be decided. */
export type ClaimOutcome = 'confirmed' | 'refuted' | 'undecided' | 'not-applicable'

/** Type-checks a claim where it is written: `export default claim({...})`. */
export function claim(definition: Claim): Claim {
  return Object.freeze(definition)
}
