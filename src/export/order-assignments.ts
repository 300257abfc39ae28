import { variablesRead } from '../model/language/accesses.ts'
import type { Assignment } from '../model/language/action.ts'

/** An assignment among others that are carried out one after the other. */
export interface OrderedAssignment extends Assignment {
  /** Whether its value must be worked out before the first of them: one before it writes what its value reads. */
  readonly valueIsKept: boolean
  /** The same for the indices of its target. */
  readonly indicesAreKept: boolean
}

/**
 * Simultaneous assignments in an order in which as few as possible spoil what a later one reads; where that cannot be, the later one says that
 * it must be worked out beforehand. Judged by whole variables. Cost: quadratic in the number of assignments.
 */
export function orderAssignments(assignments: readonly Assignment[]): readonly OrderedAssignment[] {
  const waiting = [...assignments]
  const ordered: OrderedAssignment[] = []
  const written = new Set<string>()
  while (waiting.length > 0) {
    const isHarmless = (one: Assignment): boolean => waiting.every((other) => other === one || !readsOf(other).has(one.target.variable))
    const next = waiting.find(isHarmless) ?? waiting[0]
    if (next === undefined) break
    waiting.splice(waiting.indexOf(next), 1)
    const isSpoilt = (names: ReadonlySet<string>): boolean => [...names].some((name) => written.has(name))
    ordered.push({ ...next, valueIsKept: isSpoilt(variablesRead(next.value)), indicesAreKept: isSpoilt(indexReads(next)) })
    written.add(next.target.variable)
  }
  return ordered
}

function readsOf(assignment: Assignment): ReadonlySet<string> {
  return new Set([...variablesRead(assignment.value), ...indexReads(assignment)])
}

function indexReads({ target }: Assignment): ReadonlySet<string> {
  return new Set(target.indices.flatMap((index) => [...variablesRead(index)]))
}
