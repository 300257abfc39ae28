import type { Assignment } from '../../language/action.ts'
import type { Formula, Place, Term } from '../../language/builder.ts'
import { and, assign, conditional, event, falsehood, not, or, truth } from '../../language/builder.ts'
import type { Sort } from '../../language/domain.ts'
import { boolean } from '../../language/domain.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { StepOptions } from '../../program/program-builder.ts'
import type { Caller } from '../caller.ts'
import { dereferences, isOfAnotherThread } from '../caller.ts'
import type { LateCheck } from '../finalization/late-thread.ts'
import { endLateThread, mustExit } from '../finalization/late-thread.ts'
import type { ThreadState } from '../vocabulary.ts'
import { dropGil } from './drop-gil.ts'
import type { Gil } from './gil.ts'
import { endAwaitedSwitches, gilOf, requestOfWaiter, requestSeenBy } from './gil.ts'
import { usesTheLock } from './gil-exists.ts'

const cevalGil = sourceFile('3.2', 'Python/ceval_gil.h')
const pystate = sourceFile('3.12', 'Python/pystate.c')

/** Place name of a thread that stands in `take_gil`. */
export const waitsForTheGil = 'waits for the GIL'
/** Event: the GIL is taken for, or a swap makes current, a thread state that was made for another OS thread. */
export const takesForAnotherThread = 'attaches a thread state of another OS thread'

/**
 * `take_gil`: waits until the lock is free, asking the holder to drop it every 5 ms, then takes it and reads `tstate->async_exc`.
 * There is no owner check: a thread that holds the GIL waits for itself. Setting the flag and the read happen under `gil_mutex`: one step.
 * Since 3.9 it looks for finalization as well: before, at every time-out, and once it has the lock.
 */
export function takeGil(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime } = caller
  program.procedure('take_gil', () => {
    const usesLock = usesTheLock(runtime)
    if (usesLock.length > 0) program.step('looks at the lock', cevalGil('take_gil'), { aborts: usesLock })
    take(caller, threadState)
  })
}

function take(caller: Caller, threadState: Term<ThreadState>): void {
  const late = mustExit(caller, threadState)
  if (late === undefined) takeAlways(caller, threadState)
  else takeUnlessLate(caller, threadState, late)
}

function takeAlways(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime } = caller
  const gil = gilOf(runtime, threadState)
  // Since 3.9 the thread state is used before the lock is free: its interpreter is where the drop request goes, or where the GIL is.
  // The plain lock of 2.7 is taken for nobody in particular.
  const uses = runtime.policy.dropRequests === 'nobody' ? [] : dereferences(caller, threadState)
  if (runtime.policy.messages !== 'of-3.2') program.step('finds the GIL', cevalGil('take_gil'), { aborts: uses })
  program.step('takes the GIL', cevalGil('take_gil'), {
    ...waitingFor(gil),
    waitsFor: not(gil.locked),
    ...asking(gil, requestOfWaiter(runtime, gil, threadState)),
    aborts: uses,
    events: [event(takesForAnotherThread, isOfAnotherThread(caller, threadState))],
    assign: taken(caller, gil, threadState),
  })
}

/** The place in front of the lock; where there are several, which one is told by the interpreter it is named after. */
function waitingFor({ of }: Gil): Pick<StepOptions, 'place' | 'about'> {
  return { place: waitsForTheGil, ...(of === undefined ? {} : { about: of }) }
}

/** What may happen while a thread waits: every 5 ms it asks the holder to drop the GIL. */
function asking(
  { locked }: Gil,
  request: Place<'boolean'> | undefined,
  unless: Formula | undefined = undefined,
  also: readonly Assignment[] = [],
): Pick<StepOptions, 'meanwhile'> {
  if (request === undefined) return {}
  const when = unless === undefined ? and(locked, not(request)) : and(locked, not(request), not(unless))
  return { meanwhile: { says: 'waited 5 ms and asks for the GIL', when, assignments: [assign(request, truth), ...also] } }
}

/**
 * The same since 3.9. A thread that is late before it waits, or at a time-out, leaves the lock alone; one that is late when it has the lock
 * gives it back, and up to 3.12 may wait there for a switch that it asked for itself. Late threads do not look at the thread state any more.
 */
function takeUnlessLate(caller: Caller, threadState: Term<ThreadState>, { isLate, reads }: LateCheck): void {
  const { program, runtime } = caller
  const { policy, vocabulary } = runtime
  if (reads.length > 0) program.step('looks whether it comes too late', pystate('_PyThreadState_MustExit'), { aborts: reads })
  program.when(isLate, () => endLateThread(caller, threadState))
  const gil = gilOf(runtime, threadState)
  const uses = dereferences(caller, threadState)
  const usesUnlessLate = uses.map((clause) => ({ ...clause, when: and(not(isLate), clause.when) }))
  // Up to 3.13 finalization may free the thread state between the look and this.
  const found = policy.lateThreadIsNoticed === 'by-its-own-mark' ? usesUnlessLate : uses
  program.step('finds the GIL', cevalGil('take_gil'), { aborts: found })
  const request = requestOfWaiter(runtime, gil, threadState)
  const takesBack = policy.lateThreadTakesBackItsRequest && request !== undefined
  const hasAsked = program.local('drop_requested', boolean)
  const holder = program.local('holder_tstate', vocabulary.threadStateOrNone)
  const remembersHolder = policy.dropRequests === 'the-last-holder' && gil.of !== undefined
  const asked = takesBack ? [assign(hasAsked, truth), ...(remembersHolder ? [assign(holder, runtime.gils.holder.at(gil.of))] : [])] : []
  const hasTaken = program.local('took the GIL', boolean)
  if (takesBack) program.quietly([assign(hasAsked, falsehood)])
  program.step('takes the GIL', cevalGil('take_gil'), {
    ...waitingFor(gil),
    waitsFor: or(not(gil.locked), isLate, ...(policy.lateThreadIsNoticed === 'by-its-own-mark' ? uses.map(({ when }) => when) : [])),
    ...asking(gil, request, isLate, asked),
    aborts: usesUnlessLate,
    events: [event(takesForAnotherThread, isOfAnotherThread(caller, threadState))],
    assign: [...takenUnlessLocked(caller, gil, threadState, isLate), assign(hasTaken, not(gil.locked))],
  })
  program.when(or(isLate, not(hasTaken)), () => {
    program.when(
      hasTaken,
      () => dropGil(caller, threadState, { forAThreadState: policy.attaching !== 'attaches' }),
      () => {
        if (!takesBack) return
        const taken = remembersHolder ? runtime.threadStates.dropRequest.at(holder) : request
        // gil_mutex is unlocked by now: the holder may have seen the request, and wait.
        program.when(hasAsked, () => program.step('takes its request back', cevalGil('take_gil'), [assign(taken, falsehood)]))
      },
    )
    endLateThread(caller, threadState)
  })
}

/** A late thread wakes up as well while another thread holds the lock, and leaves it alone; and leaves a request that it made. */
function takenUnlessLocked(caller: Caller, gil: Gil, threadState: Term<ThreadState>, isLate: Formula): readonly Assignment[] {
  const seen = requestSeenBy(caller.runtime, threadState)
  return taken(caller, gil, threadState).map(({ target, value }) => {
    const stays = target.variable === seen?.variable ? or(gil.locked, isLate) : gil.locked
    return { target, value: conditional(stays, target as Term<Sort>, value as Term<Sort>) }
  })
}

/** What taking the lock changes. */
function taken(caller: Caller, gil: Gil, threadState: Term<ThreadState>): readonly Assignment[] {
  const { runtime, thread } = caller
  const seen = requestSeenBy(runtime, threadState)
  return [
    assign(gil.locked, truth),
    assign(gil.owner, thread),
    ...(gil.of === undefined ? [] : [assign(runtime.gils.holder.at(gil.of), threadState)]),
    ...(seen === undefined ? [] : [assign(seen, falsehood)]),
    ...endAwaitedSwitches(runtime, gil),
  ]
}
