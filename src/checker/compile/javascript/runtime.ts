import { InternalError } from '../../../foundation/diagnostic.ts'
import type { Successors } from '../compiled-system.ts'

/**
 * What generated code throws when the model goes wrong. Whoever called it asks the reference to say what exactly is wrong, see
 * `explainFailure`.
 */
class GeneratedCodeFailed extends Error {
  override readonly name = 'GeneratedCodeFailed'
}
const failure = new GeneratedCodeFailed('the model goes wrong in this state')

export function fail(): never {
  throw failure
}

/** Raises the error that the reference raises where generated code failed; anything else that was thrown is passed on. */
export function explainFailure(thrown: unknown, reference: () => void): never {
  if (thrown !== failure) throw thrown
  reference()
  throw new InternalError('MC901', 'generated code failed where the reference does not')
}

/** An index counted from the first member of its domain, or failure when there is no such member. */
export function within(offset: number, size: number): number {
  return offset >= 0 && offset < size ? offset : fail()
}

/** A value to assign, or failure when it is outside the domain. */
export function inDomain(value: number, lowest: number, highest: number): number {
  return value >= lowest && value <= highest ? value : fail()
}

export function someMember(first: number, last: number, test: (member: number) => unknown): boolean {
  for (let member = first; member <= last; member++) if (test(member)) return true
  return false
}

export function everyMember(first: number, last: number, test: (member: number) => unknown): boolean {
  for (let member = first; member <= last; member++) if (!test(member)) return false
  return true
}

export function countMembers(first: number, last: number, test: (member: number) => unknown): number {
  let count = 0
  for (let member = first; member <= last; member++) if (test(member)) count++
  return count
}

/**
 * Begins a successor as a copy of the state. Returns where its values begin; it counts once `into.count` is increased. The buffers may be new
 * ones afterwards.
 */
export function begin(state: Int32Array, into: Successors, action: number): number {
  into.reserve()
  const at = into.count
  into.actions[at] = action
  into.found[at] = 0
  into.premises[at] = 0
  into.values.set(state, at * into.slotCount)
  return at * into.slotCount
}
