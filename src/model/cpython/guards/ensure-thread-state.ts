import type { Formula, Place, Term } from '../../language/builder.ts'
import { and, assign, event, falsehood, integer, isNone, not, truth, unequal } from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { undefinedWhen } from '../../program/program-builder.ts'
import type { Caller } from '../caller.ts'
import { currentFor } from '../current.ts'
import { assertionFails } from '../debug.ts'
import { isNoThreadState, noThreadState } from '../runtime-state.ts'
import { attach } from '../thread-state/attach.ts'
import { newThreadState } from '../thread-state/create.ts'
import { swapThreadState } from '../thread-state/swap.ts'
import type { Interpreter, ThreadState } from '../vocabulary.ts'
import { countOneMore, whatWasBefore } from './ensure-counter.ts'
import { closeGuard, guardFromView } from './guard.ts'
import { readsItsMemory } from './its-memory.ts'
import type { KeptToken } from './token.ts'
import { tokenOfThisCall } from './token.ts'
import { lieAtOneAddress } from './view.ts'

const pystate = sourceFile('3.15', 'Python/pystate.c')

/** Events of `PyThreadState_Ensure` when it returns a token, for properties. */
export const ensureAttached = 'PyThreadState_Ensure has attached a thread state'
export const ensureAttachedElsewhere = 'PyThreadState_Ensure has attached another interpreter than the guarded one'

/**
 * `PyThreadState_Ensure(guard)`: attaches a thread state of the guarded interpreter. The attached one, if it is of that interpreter; else
 * the one in the thread's slot, if it is; else a new one, which the last Release deletes.
 */
export function ensureThreadState(caller: Caller, guard: Term<Interpreter>): KeptToken {
  const { program, runtime } = caller
  const { vocabulary, policy } = runtime
  return program.procedure('PyThreadState_Ensure', () => {
    const token = tokenOfThisCall(caller)
    const attached = program.local('attached_tstate', vocabulary.threadStateOrNone)
    program.step('reads the current thread state', pystate('PyThreadState_Ensure'), {
      aborts: [undefinedWhen(isNone(guard, vocabulary.interpreterOrNone), 'a NULL guard is used')],
      assign: [assign(attached, currentFor(caller))],
    })
    program.when(
      isThereIn(caller, attached, guard),
      () => {
        countOneMore(caller, attached, { attached, remembered: runtime.slot.at(caller.thread) })
        const saysWhich = policy.guardedEnsure.tokenWhileAttached === 'its-thread-state'
        setToken(caller, guard, token, saysWhich ? attached : undefined)
      },
      () => ensureAnother(caller, { guard, attached, token }),
    )
    if (policy.guardedEnsure.takesOverTheGuard) ownGuard(caller, currentFor(caller), guard)
    return token
  })
}

/** What Ensure does in a thread that is attached to nothing, or to another interpreter. */
function ensureAnother(
  caller: Caller,
  { guard, attached, token }: { readonly guard: Term<Interpreter>; readonly attached: Place<ThreadState>; readonly token: KeptToken },
): void {
  const { program, runtime } = caller
  const { vocabulary, policy, threadStates } = runtime
  const remembered = program.local('detached_gilstate', vocabulary.threadStateOrNone)
  program.step('reads its GILState slot', pystate('gilstate_get'), [assign(remembered, runtime.slot.at(caller.thread))])
  const isAnyUsed = policy.guardedEnsure.remembered === 'of-any-interpreter'
  program.when(
    isAnyUsed ? and(isNoThreadState(runtime, attached), not(isNoThreadState(runtime, remembered))) : isThereIn(caller, remembered, guard),
    () => {
      if (policy.debug && !isAnyUsed) assertionFails(caller, not(isNoThreadState(runtime, attached)), 'attached_tstate == NULL')
      countOneMore(caller, remembered, { attached, remembered })
      attach(caller, remembered)
      setToken(caller, guard, token, undefined)
    },
    () => {
      const made = newThreadState(caller, guard)
      program.step('will be deleted by the last Release', pystate('PyThreadState_Ensure'), [
        assign(threadStates.ensureCounter.at(made), integer(1)),
        assign(threadStates.deletedOnRelease.at(made), truth),
        assign(threadStates.madeByEnsure.at(made), truth),
        ...whatWasBefore(caller, made, { attached, remembered }),
      ])
      program.when(
        not(isNoThreadState(runtime, attached)),
        () => setToken(caller, guard, token, swapThreadState(caller, made)),
        () => {
          attach(caller, made)
          setToken(caller, guard, token, undefined)
        },
      )
    },
  )
}

/**
 * `PyThreadState_EnsureFromView(view)`: takes a guard of the view's interpreter and does the same. The thread state owns the guard, unless
 * it owns one already. Returns NULL where the guard is refused.
 */
export function ensureThreadStateFromView(caller: Caller, view: Term<Interpreter>): KeptToken {
  const { program, runtime } = caller
  return program.procedure('PyThreadState_EnsureFromView', () => {
    const token = tokenOfThisCall(caller)
    const guard = guardFromView(caller, view)
    program.when(
      isNone(guard, runtime.vocabulary.interpreterOrNone),
      () => program.quietly([assign(token.before, noThreadState(runtime)), assign(token.isSentinel, falsehood)]),
      () => {
        const ensured = ensureThreadState(caller, guard)
        program.quietly([assign(token.before, ensured.before), assign(token.isSentinel, ensured.isSentinel)])
        const isOwnedByCurrent = runtime.policy.guardedEnsure.guardIsOwnedBy === 'the-attached-thread-state'
        ownGuard(caller, isOwnedByCurrent ? currentFor(caller) : token.before, guard)
      },
    )
    return token
  })
}

/** The thread state owns the guard from now on; where it owns one, this one is closed. */
function ownGuard(caller: Caller, owner: Place<ThreadState>, guard: Term<Interpreter>): void {
  const { program, runtime } = caller
  const { interpreterOrNone } = runtime.vocabulary
  const owned = runtime.threadStates.ownedGuard.at(owner)
  const isOwner = not(isNoThreadState(runtime, owner))
  program.step('looks whether it owns a guard', pystate('PyThreadState_EnsureFromView'), {
    aborts: [undefinedWhen(not(isOwner), 'the sentinel is used as a thread state'), ...readsItsMemory(caller, owner)],
  })
  program.when(
    isNone(owned, interpreterOrNone),
    () => program.step('keeps the guard', pystate('PyThreadState_EnsureFromView'), [assign(owned, guard)]),
    () => closeGuard(caller, guard),
  )
}

/** A token that says what was attached; the sentinel where nothing is said. */
function setToken(caller: Caller, guard: Term<Interpreter>, token: KeptToken, before: Place<ThreadState> | undefined): void {
  const { program, runtime } = caller
  const current = currentFor(caller)
  const isElsewhere = and(not(isNoThreadState(runtime, current)), unequal(runtime.threadStates.interpreter.at(current), guard))
  program.quietly(
    [assign(token.before, before ?? noThreadState(runtime)), assign(token.isSentinel, before === undefined ? truth : falsehood)],
    [event(ensureAttached), event(ensureAttachedElsewhere, isElsewhere)],
  )
}

/** The thread state is there and belongs to the guarded interpreter: addresses are compared. */
function isThereIn(caller: Caller, threadState: Place<ThreadState>, interpreter: Term<Interpreter>): Formula {
  const { program, runtime } = caller
  const isThere = not(isNoThreadState(runtime, threadState))
  const belongs = program.local('belongs', boolean)
  program.step('compares its interpreter with the guarded one', pystate('PyThreadState_Ensure'), {
    aborts: readsItsMemory(caller, threadState),
    assign: [assign(belongs, and(isThere, lieAtOneAddress(runtime, runtime.threadStates.interpreter.at(threadState), interpreter)))],
  })
  return belongs
}
