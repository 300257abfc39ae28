import { evaluate, isEnabled } from '../model/language/evaluate.ts'
import type { Expression } from '../model/language/expression.ts'
import type { State } from '../model/language/state.ts'
import { shapeOf } from '../model/language/state.ts'
import type { TransitionSystem } from '../model/language/transition-system.ts'
import type { Standing } from '../report/finding.ts'
import { goesOn } from '../report/finding.ts'

/**
 * What each process would do next; one that has ended is left out. Compiled programs guard every action with their program counter first,
 * which says where a process stands whether or not it can go on.
 */
export function standingOf(system: TransitionSystem, state: State): readonly Standing[] {
  const shape = shapeOf(system.variables)
  const around = { shape, system, state }
  if (evaluate(system.final, around) !== 0) return []
  return system.processes.flatMap((thread, process): readonly Standing[] => {
    const next = system.actions.filter((action) => action.process === process && evaluate(counterTest(action.guard), around) !== 0)
    // Of a wait, the last telling is the step itself; those before it are what may happen meanwhile.
    const told = next.flatMap((action) => action.told).at(-1)
    if (next.length === 0) return []
    const isBlocked = !next.some((action) => isEnabled(system, shape, state, action))
    const { calls = [], activation, says = goesOn } = told ?? {}
    return [{ thread, calls, ...(activation === undefined ? {} : { activation }), says, isBlocked }]
  })
}

function counterTest(guard: Expression): Expression {
  return guard.kind === 'and' ? (guard.operands[0] ?? guard) : guard
}
