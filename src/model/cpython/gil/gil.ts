import type { Assignment } from '../../language/action.ts'
import type { Formula, Place, Term } from '../../language/builder.ts'
import { assign, conditional, equal, falsehood, isNone, literal, none, not } from '../../language/builder.ts'
import { highestValue } from '../../language/domain.ts'
import type { Caller } from '../caller.ts'
import type { RuntimeState } from '../runtime-state.ts'
import type { Interpreter, OsThread, ThreadState } from '../vocabulary.ts'

/** One GIL, as places that can be read and assigned. */
export interface Gil {
  readonly locked: Place<'boolean'>
  /** Monitor: the OS thread that took it. */
  readonly owner: Place<OsThread>
  /** The interpreter it is named after, where there may be several. */
  readonly of: Term<Interpreter> | undefined
}

/** The GIL that a thread state's interpreter uses. The thread state must be there: who asks tests first. */
export function gilOf(runtime: RuntimeState, threadState: Term<ThreadState>): Gil {
  return gilOfInterpreter(runtime, runtime.threadStates.interpreter.at(threadState))
}

export function gilOfInterpreter(runtime: RuntimeState, interpreter: Term<Interpreter>): Gil {
  const { gil, gils, interpreters, policy } = runtime
  if (policy.gils === 'one') return { locked: gil.locked.at(), owner: gil.owner.at(), of: undefined }
  const of = interpreters.gil.at(interpreter)
  return { locked: gils.locked.at(of), owner: gils.owner.at(of), of }
}

/** Who is asked to drop the GIL by a thread that waits with this thread state; undefined where nobody is. */
export function requestOfWaiter(runtime: RuntimeState, { of }: Gil, waiter: Term<ThreadState>): Place<'boolean'> | undefined {
  const { gil, gils, interpreters, threadStates, policy } = runtime
  switch (policy.dropRequests) {
    case 'nobody':
      return undefined
    case 'everybody':
      return gil.dropRequest.at()
    case 'those-in-the-interpreter-of-the-waiter':
      return interpreters.dropRequest.at(threadStates.interpreter.at(waiter))
    case 'the-last-holder':
      return of === undefined ? gil.dropRequest.at() : threadStates.dropRequest.at(gils.holder.at(of))
  }
}

/** Where a thread that runs with this thread state sees that it is asked to drop the GIL. */
export function requestSeenBy(runtime: RuntimeState, threadState: Term<ThreadState>): Place<'boolean'> | undefined {
  const { gil, interpreters, threadStates, policy } = runtime
  switch (policy.dropRequests) {
    case 'nobody':
      return undefined
    case 'everybody':
      return gil.dropRequest.at()
    case 'those-in-the-interpreter-of-the-waiter':
      return interpreters.dropRequest.at(threadStates.interpreter.at(threadState))
    case 'the-last-holder':
      return policy.gils === 'one' ? gil.dropRequest.at() : threadStates.dropRequest.at(threadState)
  }
}

/** The calling thread waits in `drop_gil` until another took the GIL it dropped. */
export function switchIsAwaited({ runtime, thread }: Caller): Formula {
  const { gil, gils, policy, vocabulary } = runtime
  return policy.gils === 'one' ? gil.switchIsAwaited.at(thread) : not(isNone(gils.switchAwaited.at(thread), vocabulary.interpreterOrNone))
}

/** The calling thread begins to wait for that, if it is asked to. */
export function awaitSwitch({ runtime, thread }: Caller, { of }: Gil, isAsked: Formula): Assignment {
  const { gil, gils, vocabulary } = runtime
  if (of === undefined) return assign(gil.switchIsAwaited.at(thread), isAsked)
  return assign(gils.switchAwaited.at(thread), conditional(isAsked, of, none(vocabulary.interpreterOrNone)))
}

/** Taking a GIL ends every wait for its switch. */
export function endAwaitedSwitches(runtime: RuntimeState, { of }: Gil): readonly Assignment[] {
  const { gil, gils, policy, vocabulary } = runtime
  if (!policy.forcedSwitching) return []
  return everyThread(runtime).map((thread) => {
    if (of === undefined) return assign(gil.switchIsAwaited.at(thread), falsehood)
    const awaited = gils.switchAwaited.at(thread)
    return assign(awaited, conditional(equal(awaited, of), none(vocabulary.interpreterOrNone), awaited))
  })
}

/** Every OS thread of the scenario, as terms. */
export function everyThread({ vocabulary }: RuntimeState): readonly Term<OsThread>[] {
  return Array.from({ length: highestValue(vocabulary.osThread) + 1 }, (_, i) => literal(vocabulary.osThread, i))
}
