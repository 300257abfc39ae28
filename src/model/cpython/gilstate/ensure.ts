import type { Place, Term } from '../../language/builder.ts'
import { add, and, assign, conditional, equal, falsehood, integer, isNone, literal, not } from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { AbortClause } from '../../program/statement.ts'
import type { Caller } from '../caller.ts'
import { dereferences, dereferencesInterpreter } from '../caller.ts'
import { currentFor } from '../current.ts'
import { assertionFails } from '../debug.ts'
import { hangsForEver } from '../finalization/late-thread.ts'
import { initThreads } from '../gil/init-threads.ts'
import { closeGuard, guardFromView } from '../guards/guard.ts'
import { isNoThreadState, noThreadState } from '../runtime-state.ts'
import { newThreadState } from '../thread-state/create.ts'
import { restoreThread } from '../thread-state/save-and-restore.ts'
import { swapIn } from '../thread-state/swap.ts'
import type { GilstateState, Interpreter, ThreadState } from '../vocabulary.ts'
import type { Found } from './find-thread-state.ts'
import { findThreadState, inSlotOf, isInAnotherInterpreter } from './find-thread-state.ts'

const pystate = sourceFile('3.2', 'Python/pystate.c')

/** The words are ours; Coghlan writes "a given OS level thread can only be owned by one interpreter at a time" (msg126364). */
export const ownedByAnotherMessage = 'PyGILState_EnsureEx: this thread is owned by another interpreter'

/** `PyGILState_Ensure()`. */
export function ensure(caller: Caller): Place<GilstateState> {
  return caller.program.procedure('PyGILState_Ensure', () => {
    assertsAutoInterpreter(caller)
    return attachFound(caller, findThreadState(caller), false)
  })
}

/** `PyGILState_EnsureEx(interpreter)`: Pitrou's, Coghlan's and Dumpleton's second proposal have it, each with its own lookup. */
export function ensureEx(caller: Caller, interpreter: Term<Interpreter>): Place<GilstateState> {
  const { program, runtime, thread } = caller
  return program.procedure('PyGILState_EnsureEx', () => {
    if (runtime.policy.ensureExLooksIn === 'slot-of-that-interpreter') return attachFound(caller, inSlotOf(caller, interpreter), true)
    const mine = program.local('tcur', runtime.vocabulary.threadStateOrNone)
    program.step('reads its GILState slot', pystate('PyThread_get_key_value'), [assign(mine, runtime.slot.at(thread))])
    return attachFound(caller, { threadState: mine, wanted: interpreter }, true)
  })
}

/** What follows once the slot is read: make a thread state where there is none, attach it unless it is current, count. */
function attachFound(caller: Caller, { threadState: mine, wanted }: Found, explicit: boolean): Place<GilstateState> {
  const { program, runtime } = caller
  const { policy, vocabulary } = runtime
  const current = currentFor(caller)
  const isCurrent = program.local('current', boolean)
  if (wanted !== undefined) rejectForeign(caller, mine, wanted)
  const createsLast = runtime.createsTheGil && policy.ensureCreatesTheGil === 'last'
  const needsThreads = createsLast ? program.keep('need_init_threads', boolean, isNoThreadState(runtime, mine)) : falsehood
  program.when(
    isNoThreadState(runtime, mine),
    () => {
      if (policy.ensureCreatesTheGil === 'first') initThreads(caller)
      const made =
        policy.guards && policy.guardedEnsure.plainEnsureIsGuarded
          ? newWhileGuarded(caller)
          : newThreadState(caller, wanted ?? interpreterOfFreshThreads(caller), { byEnsure: true })
      program.quietly([assign(mine, made), assign(isCurrent, falsehood)])
      if (explicit && wanted !== undefined && fillsItsSlotItself(caller)) {
        program.step('fills its slot for the interpreter', undefined, [assign(runtime.interpreterSlot.at(caller.thread, wanted), mine)])
      }
    },
    () =>
      program.step('compares it with the current thread state', pystate('PyGILState_Ensure'), {
        aborts: assertsItsSlot(caller, mine),
        assign: [assign(isCurrent, equal(mine, current))],
      }),
    'has no thread state yet',
    pystate('PyGILState_Ensure'),
  )
  program.when(not(isCurrent), () => {
    if (explicit && policy.ensureExWhileAttachedElsewhere === 'swaps') swapOrRestore(caller, mine)
    else restoreThread(caller, mine)
  })
  program.step('counts one more Ensure', pystate('PyGILState_Ensure'), {
    aborts: dereferences(caller, mine),
    assign: [assign(runtime.threadStates.counter.at(mine), add(runtime.threadStates.counter.at(mine), integer(1)))],
  })
  if (createsLast) program.when(needsThreads, () => initThreads(caller))
  const state = vocabulary.gilstateState
  return program.keep('oldstate', state, conditional(isCurrent, literal(state, 0), literal(state, 1)))
}

/** `holds_gil` asserts that the thread state is in its slot, and finds the slot by way of its interpreter (3.12 to 3.14). */
function assertsItsSlot(caller: Caller, mine: Term<ThreadState>): readonly AbortClause[] {
  const { runtime } = caller
  const { policy, threadStates } = runtime
  if (!policy.debug || policy.slotIsBound !== 'when-attached' || policy.slotsVanish === 'never') return []
  return [...dereferences(caller, mine), ...dereferencesInterpreter(caller, threadStates.interpreter.at(mine))]
}

/** `assert(autoInterpreterState)`: "Py_Initialize() hasn't been called!" Later releases come to the same end by other ways. */
function assertsAutoInterpreter(caller: Caller): void {
  const { finalizes, finalization, policy, vocabulary } = caller.runtime
  if (!finalizes || !policy.debug || policy.gilIsCreated === 'at-initialization') return
  assertionFails(caller, isNone(finalization.autoInterpreter.at(), vocabulary.interpreterOrNone), 'autoInterpreterState')
}

/** `autoInterpreterState`: the main interpreter, as long as there is one. */
function interpreterOfFreshThreads({ runtime }: Caller): Term<Interpreter> {
  return runtime.finalizes ? runtime.finalization.autoInterpreter.at() : runtime.main
}

/**
 * A thread state in the interpreter with the id 0, made while a guard is open; the guard is closed before the thread attaches. A thread that
 * is refused the guard never comes back. Python/pystate.c PyGILState_Ensure (3.15).
 */
function newWhileGuarded(caller: Caller): Place<ThreadState> {
  const { program, runtime } = caller
  const guard = guardFromView(caller, runtime.main)
  program.when(isNone(guard, runtime.vocabulary.interpreterOrNone), () => program.standStill(hangsForEver, pystate('PyGILState_Ensure')))
  const made = newThreadState(caller, guard, { byEnsure: true })
  closeGuard(caller, guard)
  return made
}

/** EnsureEx looks in slots that New does not fill. */
function fillsItsSlotItself({ runtime: { policy } }: Caller): boolean {
  return policy.ensureExLooksIn === 'slot-of-that-interpreter' && policy.newThreadStateIsNotedIn === 'thread-slot'
}

/** The slot holds a thread state of another interpreter than the one wanted: each reading does something else. */
function rejectForeign(caller: Caller, mine: Place<ThreadState>, wanted: Term<Interpreter>): void {
  const { program, runtime, thread } = caller
  const { policy } = runtime
  const oneSlot = policy.plainCallsLookIn === 'thread-slot' && policy.ensureExLooksIn !== 'slot-of-that-interpreter'
  if (policy.foreignInterpreterInSlot === 'is-used' || !oneSlot) return
  program.when(not(isNoThreadState(runtime, mine)), () => {
    const isForeign = program.local('foreign', boolean)
    program.step('compares its interpreter with the one wanted', undefined, {
      aborts: dereferences(caller, mine),
      assign: [assign(isForeign, isInAnotherInterpreter(caller, mine, wanted))],
    })
    program.when(isForeign, () => {
      if (policy.foreignInterpreterInSlot === 'is-fatal') return program.fatal(ownedByAnotherMessage)
      const nothing = noThreadState(runtime)
      const emptied = policy.foreignInterpreterInSlot === 'is-replaced' ? [assign(runtime.slot.at(thread), nothing)] : []
      program.step('does not use it', undefined, [assign(mine, nothing), ...emptied])
    })
  })
}

/** EnsureEx of a thread that is attached elsewhere: swaps when the current thread state is its own, and remembers where it came from. */
function swapOrRestore(caller: Caller, mine: Place<ThreadState>): void {
  const { program, runtime, thread } = caller
  const { threadStates } = runtime
  const current = currentFor(caller)
  const isAttached = program.local('attached', boolean)
  program.step('asks whether the current thread state is its own', undefined, [
    assign(isAttached, and(not(isNoThreadState(runtime, current)), equal(threadStates.osThread.at(current), thread))),
  ])
  program.when(
    isAttached,
    () => {
      const old = swapIn(caller, mine)
      program.step('remembers where it came from', undefined, {
        aborts: dereferences(caller, mine),
        assign: [assign(threadStates.cameFrom.at(mine), old)],
      })
    },
    () => restoreThread(caller, mine),
  )
}
