/** How each state was reached, as every store can tell. */
export interface PredecessorTable {
  /** Negative for the initial state. */
  predecessorOf(state: number): number
  /** Position of the action that led here from the predecessor. */
  actionOf(state: number): number
}

/**
 * The actions that led from the initial state to a state, in order; `traceOf` makes a trace of them. Never recurses: traces may be long.
 *
 * After a search that renamed identities they can be taken without renaming just as well: a renaming is a symmetry, and no action names an
 * interchangeable identity.
 */
export function actionsTo(table: PredecessorTable, state: number): readonly number[] {
  const actions: number[] = []
  for (let at = state; table.predecessorOf(at) >= 0; at = table.predecessorOf(at)) actions.push(table.actionOf(at))
  return actions.reverse()
}
