import type { Trace } from '../checker/trace/trace.ts'
import type { Telling } from '../model/language/action.ts'
import { describeValue } from '../model/language/domain.ts'
import { evaluate } from '../model/language/evaluate.ts'
import type { State, StateShape } from '../model/language/state.ts'
import { indicesOf, shapeOf } from '../model/language/state.ts'
import type { TransitionSystem } from '../model/language/transition-system.ts'
import type { Change, EvidenceStep } from '../report/finding.ts'
import { goesOn } from '../report/finding.ts'

/**
 * Tells a trace of an unmerged system in words: the sentence of each step, its call stack, and what changed. Steps without a sentence are
 * folded into the next told step of the trace, or into the last one.
 */
export function narrate(system: TransitionSystem, trace: Trace): readonly EvidenceStep[] {
  const shape = shapeOf(system.variables)
  const told: EvidenceStep[] = []
  let before = trace.initial
  let since = trace.initial
  for (const [i, step] of trace.steps.entries()) {
    const action = system.actions[step.action]
    const telling = action?.told[0]
    const isLast = i === trace.steps.length - 1
    if (action !== undefined && (telling !== undefined || isLast)) {
      const around = { shape, system, state: before, action }
      const events = action.events.filter(({ when }) => evaluate(when, around) !== 0).map(({ name }) => name)
      told.push(
        stepOf(
          i + 1,
          system.processes[step.process] ?? '',
          telling ?? { says: events[0] ?? goesOn, calls: [] },
          events,
          changesOf(shape, since, step.state),
        ),
      )
      since = step.state
    }
    before = step.state
  }
  return told
}

function stepOf(number: number, thread: string, told: Telling, events: readonly string[], changes: readonly Change[]): EvidenceStep {
  const { calls, says, activation, source } = told
  return {
    number,
    thread,
    calls,
    ...(activation === undefined ? {} : { activation }),
    says,
    ...(source === undefined ? {} : { source }),
    events,
    changes,
  }
}

/** What differs between two states, program counters aside. */
export function changesOf(shape: StateShape, before: State, after: State): readonly Change[] {
  return shape.variables.flatMap((variable): readonly Change[] => {
    const { role, domain } = variable
    if (role === 'control') return []
    const first = shape.firstSlot.get(variable.name) ?? 0
    return variable.initial.flatMap((_, element): readonly Change[] => {
      const from = before[first + element] ?? 0
      const to = after[first + element] ?? 0
      if (from === to) return []
      const indices = indicesOf(variable.indexedBy, element).map((index, i) => describeValue(variable.indexedBy[i] ?? domain, index))
      const what = indices.length === 0 ? variable.name : `${variable.name}[${indices.join(', ')}]`
      return [{ what, kind: role, from: describeValue(domain, from), to: describeValue(domain, to) }]
    })
  })
}
