import type { Trace } from '../../checker/trace/trace.ts'
import type { RuntimeState } from '../../model/cpython/runtime-state.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { StandsAt } from '../../model/program/to-system.ts'
import type { Property } from '../../properties/language/property.ts'

/** A trace that breaks a property, in the unmerged system of its scenario. */
export interface Counterexample {
  readonly system: TransitionSystem
  readonly standsAt: StandsAt
  readonly runtime: RuntimeState
  readonly property: Property
  readonly trace: Trace
}
