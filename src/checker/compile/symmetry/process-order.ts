import type { Counterpart } from '../../symmetry/counterpart.ts'
import type { Form } from '../translate/form.ts'

/**
 * How states that differ only in which of several interchangeable processes is where become one: the processes of a group are put into order by
 * what is so for each, by exchanges of neighbours. Each exchange is a symmetry, so whatever the order is, the state that comes out has the same
 * future up to who is who. Where two processes compare as equal they stay as they are.
 *
 * The order looks at no number of an identity that renaming may change; so the same state comes out however identities are numbered. States that
 * differ by a permutation of processes become equal if whatever tells two processes apart is among what is compared.
 */
export interface ProcessOrder {
  readonly groups: readonly OrderedGroup[]
}

export interface OrderedGroup {
  /** Number i is of processes i and i + 1 of the group. */
  readonly neighbours: readonly Neighbours[]
}

export interface Neighbours {
  /** Positions in the system's list, and what stands in the later process where something else stands in the earlier. */
  readonly processes: readonly [number, number]
  readonly counterpart: Counterpart
  /** The first pair of values that differ decides; the process with the smaller one comes first. */
  readonly comparisons: readonly Comparison[]
  readonly exchange: SlotExchange
}

export interface Comparison {
  readonly earlier: Form
  readonly later: Form
}

/** Two processes change places in a state. */
export interface SlotExchange {
  /** Slots whose values change places. */
  readonly swapped: readonly (readonly [number, number])[]
  /** Afterwards: slots whose value becomes the other of two. */
  readonly references: readonly { readonly slot: number; readonly values: readonly [number, number] }[]
}

/** Puts interchangeable processes into order, in place, in the state that begins at a position. Not 0 if anything moved. */
export type Sorting = (values: Int32Array, begin: number) => number
