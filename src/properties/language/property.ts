import type { Expression } from '../../model/language/expression.ts'

/**
 * A safety property of a transition system, or a question about what can be reached.
 *
 * A *state formula* reads variables. A *transition formula* may also use `after`, `actor` and `happens`. `premise` is a transition or state
 * formula: the situation the property speaks of. A property that holds without its premise ever happening is reported as never exercised.
 */
export type Property = Invariant | ForbiddenTransition | NoDeadlock | Reachable | CanAlwaysReach

interface Described {
  /** Unique in a check; kebab-case, a claim: "runs-in-its-interpreter". */
  readonly name: string
  /** The claim as a sentence, and where it was promised. */
  readonly says: string
  readonly premise?: Expression
}
/** `holds` is true in every reachable state. */
export interface Invariant extends Described {
  readonly kind: 'invariant'
  readonly holds: Expression
}
/** No reachable transition satisfies `forbids`, a transition formula. */
export interface ForbiddenTransition extends Described {
  readonly kind: 'forbidden-transition'
  readonly forbids: Expression
}
/** Every reachable state is final or has an enabled action. */
export interface NoDeadlock extends Described {
  readonly kind: 'no-deadlock'
}
/**
 * From every reachable state one can be reached that satisfies `goal`, a state formula. The evidence against it leads to a state from which
 * none can. It does not say that the goal is ever reached: who runs next is up to nobody, and fairness is not considered. The goal speaks of
 * variables, not of where processes stand: merging steps may take a process past a place at once.
 */
export interface CanAlwaysReach extends Described {
  readonly kind: 'can-always-reach'
  readonly goal: Expression
}
/** Some reachable state satisfies `goal`, a state formula; the evidence is a witness. */
export interface Reachable extends Described {
  readonly kind: 'reachable'
  readonly goal: Expression
}
