import type { Place, Term } from '../../language/builder.ts'
import { add, assign, equal, integer, isNone, less, none, not, or, subtract } from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { Caller } from '../caller.ts'
import { dereferences } from '../caller.ts'
import { currentFor } from '../current.ts'
import { fatalMessage } from '../fatal-messages.ts'
import { isNoThreadState, noThreadState } from '../runtime-state.ts'
import { clearThreadState, deleteCurrentThreadState, deleteThreadState } from '../thread-state/delete.ts'
import { swapThreadState, swapToNull } from '../thread-state/swap.ts'
import type { Interpreter, ThreadState } from '../vocabulary.ts'
import { closeGuard } from './guard.ts'
import { restoreSlot } from './restore-slot.ts'
import type { Token } from './token.ts'

const pystate = sourceFile('3.15', 'Python/pystate.c')

/**
 * `PyThreadState_Release(token)`: undoes one Ensure of the attached thread state. The last one swaps back to what the token says, even to
 * the thread state that is attached already, and so drops and takes the GIL; then deletes what Ensure made, and closes the owned guard.
 */
export function releaseThreadState(caller: Caller, token: Token): void {
  const { program, runtime } = caller
  const { vocabulary, policy, threadStates } = runtime
  program.procedure('PyThreadState_Release', () => {
    const self = program.local('tstate', vocabulary.threadStateOrNone)
    program.step('reads the current thread state', pystate('PyThreadState_Release'), {
      aborts: [fatalWhen(isNoThreadState(runtime, currentFor(caller)), fatalMessage(policy, 'ThreadState_Release: NULL'))],
      assign: [assign(self, currentFor(caller))],
    })
    const counter = threadStates.ensureCounter.at(self)
    program.step('counts one Ensure less', pystate('PyThreadState_Release'), {
      aborts: [...dereferences(caller, self), fatalWhen(less(counter, integer(1)), fatalMessage(policy, 'ThreadState_Release: too many'))],
      assign: [assign(counter, subtract(counter, integer(1)))],
    })
    program.when(
      not(equal(counter, integer(0))),
      () => releaseAnEarlier(caller, self, token),
      () => releaseTheLast(caller, self, token),
    )
  })
}

/** There are more Ensures of the same thread state. */
function releaseAnEarlier(caller: Caller, self: Place<ThreadState>, token: Token): void {
  const { program, runtime } = caller
  const { earlierRelease, ownedGuardIsClosedBy } = runtime.policy.guardedEnsure
  if (ownedGuardIsClosedBy === 'the-next-release') {
    const guard = takeGuardOf(caller, self)
    program.when(isGuard(caller, guard), () => closeGuard(caller, guard))
  }
  if (earlierRelease === 'detaches-what-was-detached') program.when(token.isSentinel, () => swapToNull(caller))
}

function releaseTheLast(caller: Caller, self: Place<ThreadState>, token: Token): void {
  const { program, runtime } = caller
  const { vocabulary, threadStates } = runtime
  const { releaseDeletes, releaseToNothingDeletes, slotAfterRelease } = runtime.policy.guardedEnsure
  const guard = program.keep('owned_guard', vocabulary.interpreterOrNone, threadStates.ownedGuard.at(self))
  const isMarked = threadStates.deletedOnRelease.at(self)
  const isDeleted = releaseToNothingDeletes === 'what-is-attached' ? or(isMarked, token.isSentinel) : isMarked
  const deletes = program.keep('delete_on_release', boolean, isDeleted)
  const before = whatWasAttached(caller, self, token)
  const remembered =
    slotAfterRelease === 'is-restored'
      ? program.keep('remembered', vocabulary.threadStateOrNone, threadStates.rememberedBefore.at(self))
      : undefined
  program.when(
    deletes,
    () => clearWhileCounted(caller, self),
    () => program.when(isGuard(caller, guard), () => void takeGuardOf(caller, self)),
  )
  if (releaseDeletes === 'before-swapping') program.when(deletes, () => deleteCurrentThreadState(caller))
  program.when(
    isNoThreadState(runtime, before),
    () => swapToNull(caller),
    () => swapThreadState(caller, before),
  )
  if (remembered !== undefined) restoreSlot(caller, remembered)
  if (releaseDeletes === 'after-swapping') program.when(deletes, () => deleteThreadState(caller, self))
  program.when(isGuard(caller, guard), () => closeGuard(caller, guard))
}

/** What is to be attached again: the token says so, or the thread state does. */
function whatWasAttached({ program, runtime }: Caller, self: Place<ThreadState>, token: Token): Term<ThreadState> {
  if (runtime.policy.guardedEnsure.whatWasAttachedIsKept === 'in-the-token') return token.before
  const { cameFrom } = runtime.threadStates
  const before = program.keep('prior_tstate', runtime.vocabulary.threadStateOrNone, cameFrom.at(self))
  program.quietly([assign(cameFrom.at(self), noThreadState(runtime))])
  return before
}

/** The guard that the thread state owns, which it does not any more. */
function takeGuardOf({ program, runtime }: Caller, self: Place<ThreadState>): Place<Interpreter> {
  const owned = runtime.threadStates.ownedGuard.at(self)
  const guard = program.local('owned_guard', runtime.vocabulary.interpreterOrNone)
  program.step('takes its guard', pystate('PyThreadState_Release'), [
    assign(guard, owned),
    assign(owned, none(runtime.vocabulary.interpreterOrNone)),
  ])
  return guard
}

function isGuard({ runtime }: Caller, guard: Place<Interpreter>) {
  return not(isNone(guard, runtime.vocabulary.interpreterOrNone))
}

/** Finalizers that clearing runs may nest Ensure and Release: they must not reach 0 again. */
function clearWhileCounted(caller: Caller, self: Place<ThreadState>): void {
  const { program, runtime } = caller
  const counter = runtime.threadStates.ensureCounter.at(self)
  program.quietly([assign(counter, add(counter, integer(1)))])
  clearThreadState(caller, self)
  program.quietly([assign(counter, subtract(counter, integer(1)))])
}
