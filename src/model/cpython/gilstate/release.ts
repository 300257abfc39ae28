import type { Place, Term } from '../../language/builder.ts'
import { add, assign, equal, integer, literal, not, subtract } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { Caller } from '../caller.ts'
import { dereferences } from '../caller.ts'
import { currentFor } from '../current.ts'
import { assertionFails } from '../debug.ts'
import { fatalMessage } from '../fatal-messages.ts'
import { isNoThreadState, noThreadState } from '../runtime-state.ts'
import { clearThreadState, deleteCurrentThreadState, deleteThreadState } from '../thread-state/delete.ts'
import { saveThread } from '../thread-state/save-and-restore.ts'
import { swapIn } from '../thread-state/swap.ts'
import type { GilstateState, Interpreter, ThreadState } from '../vocabulary.ts'
import { findThreadState, inSlotOf } from './find-thread-state.ts'

const pystate = sourceFile('3.2', 'Python/pystate.c')

/** Code of the client's that runs inside a Release. */
export interface ReleaseHooks {
  /** The destructor of an object in the thread state's dictionary: run while the last Release clears the thread state. */
  readonly destructor?: () => void
}

/** `PyGILState_Release(oldstate)`. */
export function release(caller: Caller, oldState: Term<GilstateState>, hooks: ReleaseHooks = {}): void {
  const { program, runtime } = caller
  program.procedure('PyGILState_Release', () => {
    if (runtime.policy.releaseUses === 'current-thread-state') {
      const mine = program.local('tcur', runtime.vocabulary.threadStateOrNone)
      program.step('reads the current thread state', undefined, [assign(mine, currentFor(caller))])
      return letGo(caller, mine, oldState, hooks)
    }
    if (runtime.policy.debug && runtime.finalizes && runtime.policy.slotsVanish === 'with-the-runtime') {
      assertionFails(caller, not(runtime.finalization.keyExists.at()), 'tstate_tss_initialized(key)', pystate('gilstate_tss_get'))
    }
    return letGo(caller, findThreadState(caller).threadState, oldState, hooks)
  })
}

/** `PyGILState_ReleaseEx(interpreter, oldstate)`: only Pitrou's proposal has one. */
export function releaseEx(caller: Caller, interpreter: Term<Interpreter>, oldState: Term<GilstateState>): void {
  caller.program.procedure('PyGILState_ReleaseEx', () => letGo(caller, inSlotOf(caller, interpreter).threadState, oldState))
}

/** What follows once the slot is read: check, count down, and destroy the thread state or let it go. */
function letGo(caller: Caller, mine: Place<ThreadState>, oldState: Term<GilstateState>, hooks: ReleaseHooks = {}): void {
  const { program, runtime } = caller
  const { counter } = runtime.threadStates
  const left = program.local('left', runtime.vocabulary.gilstateCounter)
  program.fatalIf(isNoThreadState(runtime, mine), fatalMessage(runtime.policy, 'Release: no thread state'), pystate('PyGILState_Release'))
  program.step('checks that its thread state is current', pystate('PyGILState_Release'), {
    aborts: [fatalWhen(not(equal(mine, currentFor(caller))), fatalMessage(runtime.policy, 'Release: not current'))],
  })
  program.step('counts one Ensure less', pystate('PyGILState_Release'), {
    aborts: dereferences(caller, mine),
    assign: [assign(left, subtract(counter.at(mine), integer(1))), assign(counter.at(mine), subtract(counter.at(mine), integer(1)))],
  })
  const isLast = equal(left, integer(0))
  const wasUnlocked = equal(oldState, literal(runtime.vocabulary.gilstateState, 1))
  program.when(
    isLast,
    () => {
      if (runtime.policy.debug) assertionFails(caller, not(wasUnlocked), 'oldstate == PyGILState_UNLOCKED', pystate('PyGILState_Release'))
      clearForGood(caller, mine, hooks)
      leaveBySwapping(
        caller,
        mine,
        () => deleteThreadState(caller, mine),
        () => deleteCurrentThreadState(caller),
      )
    },
    () =>
      program.when(wasUnlocked, () =>
        leaveBySwapping(
          caller,
          mine,
          () => undefined,
          () => saveThread(caller),
        ),
      ),
  )
}

/**
 * Clears the thread state that is about to be deleted. A destructor that runs meanwhile may call Ensure and Release: where the counter is 0,
 * its Release deletes the thread state under this one. Who looks at the counter is only such a destructor.
 */
function clearForGood(caller: Caller, mine: Place<ThreadState>, { destructor }: ReleaseHooks): void {
  const { program, runtime } = caller
  const counter = runtime.threadStates.counter.at(mine)
  if (destructor === undefined) {
    clearThreadState(caller, mine)
    return
  }
  const isKept = runtime.policy.counterWhileClearing === 'is-kept'
  const bump = sourceFile('3.13', 'Python/pystate.c')('PyGILState_Release')
  if (isKept) program.step('keeps the counter above 0', bump, [assign(counter, add(counter, integer(1)))])
  clearThreadState(caller, mine, destructor)
  if (isKept) program.step('no longer keeps the counter', bump, [assign(counter, subtract(counter, integer(1)))])
}

/** Goes back to the thread state that an EnsureEx swapped away, where there is one. */
function leaveBySwapping(caller: Caller, mine: Place<ThreadState>, afterSwapping: () => void, otherwise: () => void): void {
  const { program, runtime } = caller
  const { cameFrom } = runtime.threadStates
  if (runtime.policy.ensureExWhileAttachedElsewhere !== 'swaps') {
    otherwise()
    return
  }
  const back = program.local('back', runtime.vocabulary.threadStateOrNone)
  program.step('looks where it came from', undefined, {
    aborts: dereferences(caller, mine),
    assign: [assign(back, cameFrom.at(mine)), assign(cameFrom.at(mine), noThreadState(runtime))],
  })
  program.when(
    not(isNoThreadState(runtime, back)),
    () => {
      swapIn(caller, back)
      afterSwapping()
    },
    otherwise,
  )
}
