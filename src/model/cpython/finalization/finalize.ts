import type { Place, Term } from '../../language/builder.ts'
import { and, assign, equal, falsehood, none, not, or, unequal } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { dereferences } from '../caller.ts'
import { currentFor } from '../current.ts'
import { assertionFails } from '../debug.ts'
import { everyThread } from '../gil/gil.ts'
import { clearInterpreter, deleteInterpreter } from '../interpreter/delete.ts'
import { noThreadState } from '../runtime-state.ts'
import { newThreadState } from '../thread-state/create.ts'
import { swapOut, swapThreadState } from '../thread-state/swap.ts'
import type { Interpreter, ThreadState } from '../vocabulary.ts'
import { dropOtherThreadStates } from './drop-others.ts'
import { endSubInterpreters, subInterpretersRemain } from './end-sub-interpreters.ts'
import type { FinalizationHooks } from './hooks.ts'
import { callAtexit, callTeardown } from './hooks.ts'
import { joinThreads } from './join-threads.ts'
import { mainInterpreters, mainThreadOf, mainThreadStateOf } from './lives.ts'
import { preFinalizationCalls } from './pre-finalization-calls.ts'

const pythonrun = sourceFile('3.2', 'Python/pythonrun.c')
const pylifecycle = sourceFile('3.13', 'Python/pylifecycle.c')
const pystate = sourceFile('3.12', 'Python/pystate.c')

/**
 * `Py_FinalizeEx`, `Py_Finalize` up to 3.5: finishes Python's work, from where on other threads come too late, frees their thread states
 * now (3.9) or with the interpreter, tears modules down, and deletes the interpreter. Does nothing when the runtime is not initialized.
 * The GIL stays locked for ever, up to 3.11.
 */
export function finalize(caller: Caller, hooks: FinalizationHooks = {}): void {
  const { program, runtime } = caller
  const { policy, finalization } = runtime
  if (!runtime.finalizes) throw new TypeError('finalize: a scenario that finalizes says so')
  program.procedure('Py_FinalizeEx', () => {
    program.when(
      finalization.isInitialized.at(),
      () => {
        const self = finalThreadState(caller)
        const interpreter = program.keep('interp', runtime.vocabulary.interpreterOrNone, runtime.threadStates.interpreter.at(self))
        finishWork(caller, interpreter, hooks)
        // Up to 3.6 the current thread state is looked up only now, after the atexit callbacks.
        if (policy.gilIsCreated === 'on-demand') lookAtCurrent(caller, self, interpreter)
        assertCheck(caller, self)
        beginFinalizing(caller, self, interpreter)
        if (policy.otherThreadStatesAreFreed !== 'with-the-interpreter') dropOtherThreadStates(caller, self, interpreter)
        callTeardown(caller, hooks)
        if (policy.subInterpretersAtFinalization === 'are-ended-after-teardown') endSubInterpreters(caller)
        clearInterpreter(caller, interpreter)
        forgetMainInterpreter(caller, interpreter)
        if (policy.interpreterDeletion === 'is-fatal-if-current') swapOut(caller, 'Py_EndInterpreter')
        deleteInterpreter(caller, interpreter)
        if (policy.slotsVanish === 'with-the-runtime') deleteKey(caller)
      },
      () => undefined,
      'finalizes the runtime',
      pythonrun('Py_Finalize'),
    )
  })
}

/** The thread state that finalization works with: whatever is current, or `resolve_final_tstate` (3.13). */
function finalThreadState(caller: Caller): Place<ThreadState> {
  const { program, runtime, thread } = caller
  const { vocabulary, policy, threadStates } = runtime
  const self = program.local('tstate', vocabulary.threadStateOrNone)
  const interpreter = program.local('interp', vocabulary.interpreterOrNone)
  if (policy.finalizesWith === 'the-current-thread-state') {
    lookAtCurrent(caller, self, interpreter)
    return self
  }
  program.procedure('resolve_final_tstate', () => {
    program.step('reads the current thread state', pylifecycle('resolve_final_tstate'), [assign(self, currentFor(caller))])
    program.when(
      equal(thread, mainThreadOf(runtime)),
      () =>
        program.when(unequal(self, mainThreadStateOf(runtime)), () => {
          swapThreadState(caller, mainThreadStateOf(runtime))
          program.quietly([assign(self, mainThreadStateOf(runtime))])
        }),
      () => {
        program.step('looks at the current interpreter', pylifecycle('resolve_final_tstate'), { aborts: dereferences(caller, self) })
        const isInMain = or(...mainInterpreters(runtime).map((main) => equal(threadStates.interpreter.at(self), main)))
        program.when(not(isInMain), () => {
          const made = program.keep(
            'main_tstate',
            vocabulary.threadStateOrNone,
            newThreadState(caller, runtime.finalization.autoInterpreter.at()),
          )
          swapThreadState(caller, made)
          program.quietly([assign(self, made)])
        })
      },
    )
  })
  return self
}

/** `PyThreadState_GET`: whatever is current, for the thread that holds the GIL or not; up to 3.12 it may be of a sub-interpreter. */
function lookAtCurrent(caller: Caller, self: Place<ThreadState>, interpreter: Place<Interpreter>): void {
  const { program, runtime } = caller
  const current = currentFor(caller)
  program.step('looks at the current thread state', pythonrun('Py_Finalize'), {
    aborts: dereferences(caller, current),
    assign: [assign(self, current), assign(interpreter, runtime.threadStates.interpreter.at(current))],
  })
}

/** What is done while the runtime still works as ever: threads are joined, atexit callbacks called, guards waited for. */
function finishWork(caller: Caller, interpreter: Place<Interpreter>, hooks: FinalizationHooks): void {
  const { policy } = caller.runtime
  const endsThemFirst = policy.subInterpretersAtFinalization === 'are-ended-first'
  if (policy.guards) {
    const subInterpreters = { remain: subInterpretersRemain(caller.runtime), end: () => endSubInterpreters(caller) }
    preFinalizationCalls(caller, interpreter, endsThemFirst ? { hooks, subInterpreters } : { hooks })
    return
  }
  joinThreads(caller, interpreter)
  callAtexit(caller, hooks)
  if (endsThemFirst) endSubInterpreters(caller)
}

/** A debug build asserts it on the way; since 3.12 the slot follows. */
function assertCheck(caller: Caller, self: Term<ThreadState>): void {
  const { runtime, thread } = caller
  const { policy } = runtime
  if (!policy.debug || policy.slotIsBound !== 'when-made' || policy.check === 'absent') return
  const isOther = unequal(runtime.slot.at(thread), self)
  assertionFails(caller, and(runtime.checkIsEnabled.at(), isOther), 'PyGILState_Check()')
}

/** From here on other threads come too late: `_Py_Finalizing = tstate` (3.2.1). Nobody looks at it in 3.2.0. */
function beginFinalizing({ program, runtime, thread }: Caller, self: Term<ThreadState>, interpreter: Term<Interpreter>): void {
  const { finalization, interpreters, threadStates, policy } = runtime
  const recordsInInterpreter = policy.lateThreadIsNoticed === 'in-take-gil-by-thread'
  // The thread that the thread state was made for, whoever finalizes with it.
  const by = recordsInInterpreter ? threadStates.osThread.at(self) : thread
  program.step('begins to finalize', pylifecycle('_PyRuntimeState_SetFinalizing'), [
    assign(finalization.isInitialized.at(), falsehood),
    assign(finalization.finalizing.at(), self),
    assign(finalization.finalizingThread.at(), by),
    ...(recordsInInterpreter
      ? [assign(interpreters.finalizing.at(interpreter), self), assign(interpreters.finalizingThread.at(interpreter), by)]
      : []),
  ])
}

/** `_PyGILState_Fini`: no interpreter for fresh threads any more; up to 3.11 the key goes, and every thread's slot with it. */
function forgetMainInterpreter(caller: Caller, interpreter: Term<Interpreter>): void {
  const { program, runtime } = caller
  const { finalization, policy, vocabulary } = runtime
  const nothing = none(vocabulary.interpreterOrNone)
  program.procedure('_PyGILState_Fini', () => {
    if (policy.slotsVanish === 'with-the-key') {
      deleteKey(caller)
      program.step('forgets the main interpreter', pystate('_PyGILState_Fini'), [assign(finalization.autoInterpreter.at(), nothing)])
      return
    }
    // Since 3.12 the end of a sub-interpreter does not do that.
    program.when(equal(interpreter, finalization.autoInterpreter.at()), () =>
      program.step('forgets the main interpreter', pystate('_PyGILState_Fini'), [assign(finalization.autoInterpreter.at(), nothing)]),
    )
  })
}

/** The key of the slots is deleted: every thread's slot is empty. */
function deleteKey({ program, runtime }: Caller): void {
  program.step('deletes the key of the slots', pystate('PyThread_tss_delete'), [
    ...everyThread(runtime).map((thread) => assign(runtime.slot.at(thread), noThreadState(runtime))),
    assign(runtime.finalization.keyExists.at(), falsehood),
  ])
}
