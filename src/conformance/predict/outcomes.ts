import { assertionEvent } from '../../model/cpython/debug.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import { fatalErrorEvent } from '../../model/program/program-builder.ts'
import { outcomeVariable } from '../../model/program/to-system.ts'

export type OutcomeKind = 'fatal' | 'assertion' | 'undefined'

/** What kind of end each outcome of a system is, by its words. */
export function outcomeKinds(system: TransitionSystem): ReadonlyMap<string, OutcomeKind> {
  const domain = system.variables.find(({ name }) => name === outcomeVariable)?.domain
  const kinds = new Map<string, OutcomeKind>()
  if (domain?.kind !== 'enumeration') return kinds
  for (const { assignments, events } of system.actions) {
    const value = assignments.find(({ target }) => target.variable === outcomeVariable)?.value
    const words = value?.kind === 'literal' ? domain.members[value.value] : undefined
    if (words === undefined) continue
    const raised = events.map(({ name }) => name)
    kinds.set(words, raised.includes(fatalErrorEvent) ? 'fatal' : raised.includes(assertionEvent) ? 'assertion' : 'undefined')
  }
  return kinds
}
