import type { StopAt } from './explore/evaluate-properties.ts'
import type { SearchHelpers } from './explore/search-helper.ts'
import type { SearchLimits } from './search-limits.ts'
import type { Surveillance } from './search-watch.ts'

export type Search =
  | { readonly kind: 'breadth-first' }
  /** So many walks of at most so many steps; never shows that anything holds. */
  | { readonly kind: 'random-walk'; readonly seed: number; readonly walks: number; readonly depth: number }

export type Engine = 'generated' | 'javascript' | 'webassembly' | 'reference'

export interface CheckOptions extends Surveillance {
  /**
   * `generated` is generated code: JavaScript, and WebAssembly once a breadth-first search is large enough for that to pay. `javascript` and
   * `webassembly` are one of both from the beginning. `reference` is the slow twin of all, by the reference semantics. Default: generated.
   */
  readonly engine?: Engine
  /** Threads that help a breadth-first search once it goes on in WebAssembly. Default: none. */
  readonly helpers?: SearchHelpers
  /** Default: breadth-first. */
  readonly search?: Search
  /** Default: none. */
  readonly limits?: SearchLimits
  /** Default: none. */
  readonly reductions?: readonly ('identity-renaming' | 'process-symmetry')[]
  /** Default: end. */
  readonly stopAt?: StopAt
}
