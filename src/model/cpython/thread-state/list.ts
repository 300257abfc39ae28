import type { Assignment } from '../../language/action.ts'
import type { Place, Term } from '../../language/builder.ts'
import { assign, conditional, equal, integer, none, or } from '../../language/builder.ts'
import { memberCount } from '../../language/domain.ts'
import type { RuntimeState } from '../runtime-state.ts'
import type { Interpreter, ThreadState } from '../vocabulary.ts'

/** Every place of an interpreter's list, in order; none where no list is kept. */
function places({ interpreters, keepsLists, vocabulary }: RuntimeState, of: Term<Interpreter>): readonly Place<ThreadState>[] {
  if (!keepsLists) return []
  return Array.from({ length: memberCount(vocabulary.threadState) }, (_, i) => interpreters.list.at(of, integer(i)))
}

/** The newest thread state of the interpreter, or none. */
export function headOfList({ interpreters }: RuntimeState, of: Term<Interpreter>): Place<ThreadState> {
  return interpreters.list.at(of, integer(0))
}

/** Puts a thread state in front. */
export function linked(runtime: RuntimeState, threadState: Term<ThreadState>, into: Term<Interpreter>): readonly Assignment[] {
  const list = places(runtime, into)
  return list.map((place, i) => assign(place, list[i - 1] ?? threadState))
}

/** Takes a thread state out, if it is in the list. */
export function unlinked(runtime: RuntimeState, threadState: Term<ThreadState>, from: Term<Interpreter>): readonly Assignment[] {
  const list = places(runtime, from)
  const nothing = none(runtime.vocabulary.threadStateOrNone)
  return list.map((place, i) => {
    const isBefore = or(...list.slice(0, i + 1).map((earlier) => equal(earlier, threadState)))
    return assign(place, conditional(isBefore, list[i + 1] ?? nothing, place))
  })
}

/** Leaves one thread state, or none. */
export function onlyKept(runtime: RuntimeState, kept: Term<ThreadState> | undefined, of: Term<Interpreter>): readonly Assignment[] {
  const nothing = none(runtime.vocabulary.threadStateOrNone)
  return places(runtime, of).map((place, i) => assign(place, i === 0 ? (kept ?? nothing) : nothing))
}
