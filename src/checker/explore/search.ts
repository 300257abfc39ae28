import type { ModelError } from '../../model/language/model-error.ts'
import type { SearchLimits } from '../search-limits.ts'
import type { SearchWatch } from '../search-watch.ts'
import type { Coverage } from '../verdict.ts'
import type { StopAt } from './evaluate-properties.ts'
import type { SearchHelpers } from './search-helper.ts'

export interface SearchOptions {
  readonly limits: SearchLimits
  readonly watch: SearchWatch
  readonly stopAt: StopAt
  /** Number of actions of the system. */
  readonly actionCount: number
  /** A breadth-first search goes on in WebAssembly once it has so many states; refused where it cannot, if that is required. Default: never. */
  readonly handOver?: { readonly at: number; readonly isRequired: boolean }
  /** Threads that then help. */
  readonly helpers?: SearchHelpers
}

/** What a search has seen, before anything is concluded from it. Traces are sequences of actions from the initial state. */
export interface SearchOutcome {
  readonly coverage: Coverage
  /** For each property the trace to the first violation, or to the first state that satisfies a goal. */
  readonly found: readonly (readonly number[] | undefined)[]
  /** For each property whether its premise occurred; true if it has none. */
  readonly premisesOccurred: readonly boolean[]
  /** For each action 1 if it was taken. */
  readonly actionsTaken: Uint8Array
  /** Bytes held by the store at the end. */
  readonly bytes: number
  /** The model goes wrong in the state that the actions lead to. */
  readonly modelError: { readonly error: ModelError; readonly actions: readonly number[] } | undefined
}
