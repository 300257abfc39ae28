import type { Action } from './action.ts'
import type { Domain } from './domain.ts'
import type { Expression } from './expression.ts'
import type { Variable } from './variable.ts'

/** Name that an allocation's `reusable` condition uses for the member it speaks of. */
export const reusableMember = 'member'

/** A scalarset whose members are handed out by `fresh` and taken back when nothing refers to them. */
export interface Allocation {
  readonly domain: Domain
  /** Over the bound name `reusableMember`: this identity stands for nothing any more (freed, or never used). */
  readonly reusable: Expression
}

/**
 * A transition system as frozen data: one initial state, guarded actions of processes, and the states in which stopping is intended.
 *
 * Order is meaning: states, actions and processes are numbered as declared, so traces and replay codes stay valid.
 * After every transition each reusable member of an allocation that no variable refers to has its array elements reset to their initial
 * values, so that a forgotten identity never tells states apart. Members of two allocations that only refer to each other are not forgotten.
 */
export interface TransitionSystem {
  readonly name: string
  readonly processes: readonly string[]
  readonly variables: readonly Variable[]
  readonly actions: readonly Action[]
  readonly final: Expression
  readonly allocations: readonly Allocation[]
}
