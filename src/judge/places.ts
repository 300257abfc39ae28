import { describeValue } from '../model/language/domain.ts'
import { indicesOf } from '../model/language/state.ts'
import type { TransitionSystem } from '../model/language/transition-system.ts'
import type { ChartVocabulary, Place } from '../report/html/html-input.ts'

/** The names that src/model/cpython gives what charts and cards of a counterexample show. */
export const chartVocabulary: ChartVocabulary = {
  takenBy: 'GIL was taken by',
  thread: 'OS thread',
  interpreter: 'interpreter',
  threadState: 'thread state',
  alwaysShown: new Map([
    ['slot', 'autoTSS slot'],
    ['thread state is', 'life'],
    ['interpreter of', 'interpreter'],
    ['counter of', 'gilstate counter'],
    ['OS thread of', 'OS thread'],
    ['interpreter is', 'life'],
  ]),
}

/** Every element of a system's state before the first step, program counters aside, named as `narrate` names what changes. */
export function placesOf({ variables }: TransitionSystem): readonly Place[] {
  return variables.flatMap(({ name, role, domain, indexedBy, initial, says }): readonly Place[] => {
    if (role === 'control') return []
    return initial.map((value, element): Place => {
      const indices = indicesOf(indexedBy, element).map((index, i) => {
        const of = indexedBy[i] ?? domain
        return { of: 'name' in of ? of.name : of.kind, name: describeValue(of, index) }
      })
      const inside = indices.map((index) => index.name).join(', ')
      const what = indices.length === 0 ? name : `${name}[${inside}]`
      return { what, kind: role, variable: name, indices, initial: describeValue(domain, value), means: says }
    })
  })
}
