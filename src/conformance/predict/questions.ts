import { holdsTheGil } from '../../model/cpython/caller.ts'
import { hangsForEver } from '../../model/cpython/finalization/late-thread.ts'
import { osThreadAt } from '../../model/cpython/runtime-state.ts'
import type { Formula } from '../../model/language/builder.ts'
import type { Reachable } from '../../properties/language/property.ts'
import { callbackPlaces, waitsForCalls } from './dispatch.ts'
import type { ScheduleMachine } from './schedule-machine.ts'

/** What is asked of each thread, whenever a state is looked at. */
export const questions: readonly string[] = [waitsForCalls, ...callbackPlaces, hangsForEver, 'holds the GIL']

/** The questions about every thread as properties, so that they are compiled with the machine: bit `position * questions.length + question`. */
export function questionsAbout(machine: ScheduleMachine): readonly Reachable[] {
  return machine.threads.flatMap((thread, position) =>
    questions.map((question, number): Reachable => {
      const says = `${thread}: ${question}`
      return { kind: 'reachable', name: `thread-${position}-question-${number}`, says, goal: formulaOf(machine, position, question) }
    }),
  )
}

function formulaOf({ program, runtime }: ScheduleMachine, position: number, question: string): Formula {
  if (question === 'holds the GIL') return holdsTheGil({ runtime, thread: osThreadAt(runtime, position) })
  return program.standsAt(position, question)
}
