import type { Action } from '../../model/language/action.ts'
import type { Formula } from '../../model/language/builder.ts'
import { add, and, assign, conditional, equal, falsehood, integer, less, or, variable } from '../../model/language/builder.ts'
import { range } from '../../model/language/domain.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Property } from '../../properties/language/property.ts'

export interface Restriction {
  /** Positions of the processes that may act. */
  readonly processes: ReadonlySet<number>
  /** Most changes from one process to another; none for as many as there are. */
  readonly switches?: number
}

/**
 * The system with the runs only in which these processes act and switches are as many at most. Actions keep their positions and the variables
 * of the system their names, so properties and traces are those of the system. Where deadlocks are asked for, a state is one only if it is one of
 * the whole system: behind the actions stands a twin of each that is enabled where it is, and changes nothing.
 */
export function restrict(system: TransitionSystem, { processes, switches }: Restriction, asksFor: Property['kind']): TransitionSystem {
  const nobody = system.processes.length
  const counts = switches !== undefined
  const last = variable('acted last', range(0, nobody), { initial: nobody, role: 'monitor' })
  const used = variable('switches so far', range(0, Math.max(1, switches ?? 1)), { role: 'monitor' })
  const actions = system.actions.map((action): Action => {
    if (!processes.has(action.process)) return { ...action, guard: falsehood }
    if (!counts) return action
    const goesOn: Formula = or(equal(last.at(), integer(action.process)), equal(last.at(), integer(nobody)))
    return {
      ...action,
      guard: and(action.guard, or(goesOn, less(used.at(), integer(switches)))),
      assignments: [
        ...action.assignments,
        assign(last.at(), integer(action.process)),
        assign(used.at(), conditional(goesOn, used.at(), add(used.at(), integer(1)))),
      ],
    }
  })
  const unrestricted = asksFor === 'no-deadlock' ? system.actions : []
  const twins = unrestricted.map((action): Action => ({ ...action, name: `${action.name}, or not`, assignments: [], events: [] }))
  return {
    ...system,
    variables: counts ? [...system.variables, last.declaration, used.declaration] : system.variables,
    actions: [...actions, ...twins],
  }
}
