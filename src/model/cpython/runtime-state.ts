import type { Formula, Term } from '../language/builder.ts'
import { allocation, and, equal, literal, member, none, not, or, variable } from '../language/builder.ts'
import { boolean, none as noMember, range } from '../language/domain.ts'
import type { Allocation } from '../language/transition-system.ts'
import type { Variable } from '../language/variable.ts'
import { finalizationVariables } from './finalization/finalization-variables.ts'
import type { Policy } from './policy.ts'
import type { Interpreter, OsThread, ThreadState } from './vocabulary.ts'
import { mainInterpreter, mainInterpreterAgain, mainThreadState, vocabularyOf } from './vocabulary.ts'

/** What the C code keeps, and the monitors that properties need. */
export type RuntimeState = ReturnType<typeof runtimeStateOf>

export interface RuntimeOptions {
  /** Names of the OS threads; the first one called `Py_Initialize`. */
  readonly threads: readonly string[]
  /** Names of the interpreters, the main one first. */
  readonly interpreters: readonly string[]
  /** Thread states that may exist at once beside the main one. */
  readonly threadStates: number
  readonly policy: Policy
  /** Whether `PyEval_InitThreads` is still to be called, where `Py_Initialize` does not (up to 3.6). Default: it was. */
  readonly withoutThreads?: boolean
  /** Whether the scenario finalizes the runtime, and so has the state that only finalization reads. Default: it does not. */
  readonly finalizes?: boolean
  /** Whether threads are started that finalization, or the end of their interpreter, joins. Default: in scenarios that finalize. */
  readonly joins?: boolean
}

/**
 * The state right after `Py_Initialize` with the GIL created: the first OS thread is attached with the main thread state and holds the GIL.
 * Python/pythonrun.c Py_InitializeEx and Python/pystate.c _PyGILState_Init (3.2).
 */
export function runtimeStateOf(options: RuntimeOptions) {
  const { threads, interpreters, threadStates, policy, withoutThreads = false, finalizes = false, joins = finalizes } = options
  const vocabulary = vocabularyOf(threads, interpreters, threadStates)
  const { osThread, interpreter, threadState, threadStateOrNone, interpreterOrNone, osThreadOrNone, life } = vocabulary
  const total = threadStates + 1
  const onlyFirst = (count: number, first: number, rest: number): readonly number[] =>
    Array.from({ length: count }, (_, i) => (i === 0 ? first : rest))
  const absent = life.kind === 'enumeration' ? life.members.indexOf('absent') : 0
  const alive = absent + 1
  const notesInInterpreterSlots = policy.newThreadStateIsNotedIn !== 'thread-slot'

  const state = {
    vocabulary,
    policy,
    finalizes,
    joins,
    /** Whether the runtime has a second life, whose main interpreter is named. */
    restarts: finalizes && interpreters.includes(mainInterpreterAgain),
    /** Whether interpreters keep their thread states in order: finalization ends sub-interpreters with the newest one. */
    keepsLists: finalizes && policy.subInterpretersAtFinalization === 'are-ended-after-teardown',
    /** Whether an interpreter may drop all its thread states but one while it lives on: `_PyThreadState_DeleteExcept`, 3.9. */
    dropsOthers:
      policy.otherThreadStatesAtEnd === 'are-marked' || (finalizes && policy.otherThreadStatesAreFreed !== 'with-the-interpreter'),
    /** Whether dropped thread states are kept for their threads: they count references since 3.14. */
    keepsDropped:
      policy.otherThreadStatesAreFreed === 'by-reference-count' && (finalizes || policy.otherThreadStatesAtEnd === 'are-marked'),
    /** Whether a debug build asserts that thread states are cleared once, before they are deleted. */
    assertsClearing: policy.debug && policy.attaching === 'attaches',
    createsTheGil: withoutThreads && policy.gilIsCreated === 'on-demand',
    /** The one GIL of the process, up to 3.11. */
    gil: {
      locked: variable('GIL is locked', boolean, {
        initial: 1,
        says: 'gil_locked',
      }),
      dropRequest: variable('GIL drop is requested', boolean, { says: 'gil_drop_request' }),
      switchIsAwaited: variable('forced switch is awaited', boolean, {
        indexedBy: [osThread],
        says: 'waits until another thread took the GIL',
      }),
      /** Monitor: who took the lock. The C code does not know. */
      owner: variable('GIL was taken by', osThreadOrNone, {
        initial: withoutThreads && policy.gilIsCreated === 'on-demand' ? noMember : 0,
        role: 'monitor',
        says: 'the OS thread that took the GIL',
      }),
    },
    /** One GIL for each interpreter that has its own, named after it; since 3.12. */
    gils: {
      locked: variable('GIL is locked of', boolean, {
        indexedBy: [interpreter],
        initial: onlyFirst(interpreters.length, 1, 0),
        says: 'gil->locked',
      }),
      /** Monitor: who took the lock. */
      owner: variable('GIL was taken by', osThreadOrNone, {
        indexedBy: [interpreter],
        initial: onlyFirst(interpreters.length, 0, noMember),
        role: 'monitor',
        says: 'the OS thread that took the GIL',
      }),
      /** The thread state it was taken with; `last_holder`, which matters only while the GIL is locked. */
      holder: variable('GIL was taken with', threadStateOrNone, {
        indexedBy: [interpreter],
        initial: onlyFirst(interpreters.length, 0, noMember),
        says: 'gil->last_holder',
      }),
      /** The GIL whose next taker a thread waits for in `drop_gil`. */
      switchAwaited: variable('forced switch is awaited of', interpreterOrNone, {
        indexedBy: [osThread],
        says: 'waits until another thread took this GIL',
      }),
    },
    /** Whether the GIL was created, in the releases where that happens on demand. */
    gilExists: variable('GIL exists', boolean, { says: 'gil_created()' }),
    /** `_PyThreadState_Current`: one for the whole process, up to 3.11. */
    current: variable('current thread state', threadStateOrNone, { initial: 0, says: '_PyThreadState_Current' }),
    /** `_Py_tss_tstate`: one of each OS thread, since 3.12. */
    currentOf: variable('current thread state of', threadStateOrNone, {
      indexedBy: [osThread],
      initial: onlyFirst(threads.length, 0, noMember),
      says: '_Py_tss_tstate of this thread',
    }),
    threadStates: {
      life: variable('thread state is', life, {
        indexedBy: [threadState],
        initial: onlyFirst(total, alive, absent),
        says: 'alive or freed',
      }),
      interpreter: variable('interpreter of', interpreterOrNone, {
        indexedBy: [threadState],
        initial: onlyFirst(total, 0, noMember),
        says: 'tstate->interp',
      }),
      counter: variable('counter of', vocabulary.gilstateCounter, {
        indexedBy: [threadState],
        initial: onlyFirst(total, 1, 0),
        says: 'tstate->gilstate_counter',
      }),
      osThread: variable('OS thread of', osThreadOrNone, {
        indexedBy: [threadState],
        initial: onlyFirst(total, 0, noMember),
        says: 'tstate->thread_id',
      }),
      /** Where an EnsureEx that swapped came from; only the designs that swap have it. */
      cameFrom: variable('came from', threadStateOrNone, { indexedBy: [threadState], says: 'the thread state to swap back to' }),
      /** `PyThreadState_Clear` was called; only debug builds ask (3.13). */
      isCleared: variable('is cleared', boolean, { indexedBy: [threadState], says: 'tstate->_status.cleared' }),
      /** The thread state is in somebody's slot; since 3.12. */
      isBound: variable('is bound', boolean, {
        indexedBy: [threadState],
        initial: onlyFirst(total, 1, 0),
        says: 'tstate->_status.bound_gilstate',
      }),
      /** Made after its interpreter dropped the other thread states, and so not dropped. */
      isLate: variable('was made after the others were dropped', boolean, {
        indexedBy: [threadState],
        says: 'made after _PyThreadState_RemoveExcept',
      }),
      /** Its memory is part of a sub-interpreter, and goes with it. That of the main interpreter is static. */
      isFirst: variable('lies in its interpreter', boolean, { indexedBy: [threadState], says: 'tstate == &interp->_initial_thread' }),
      /** `tstate->ensure` of `PyThreadState_Ensure` (3.15): how deep, whether Release deletes it, the interpreter whose guard it owns. */
      ensureCounter: variable('ensure counter of', range(0, 6), {
        indexedBy: [threadState],
        initial: onlyFirst(total, 0, 0),
        says: 'tstate->ensure.counter',
      }),
      deletedOnRelease: variable('is deleted on release', boolean, { indexedBy: [threadState], says: 'tstate->ensure.delete_on_release' }),
      ownedGuard: variable('guard owned by', interpreterOrNone, { indexedBy: [threadState], says: 'tstate->ensure.owned_guard' }),
      /** What was in the slot when the first Ensure of this thread state began, in the texts where Release puts it back. */
      rememberedBefore: variable('remembered before', threadStateOrNone, { indexedBy: [threadState], says: 'what the slot held before' }),
      /** Somebody wants the GIL that this thread state holds; since 3.13. */
      dropRequest: variable('is asked to drop', boolean, {
        indexedBy: [threadState],
        says: '_PY_GIL_DROP_REQUEST_BIT of tstate->eval_breaker',
      }),
      /** Of a thread that `threading` joins at the end of the interpreter. */
      isJoined: variable('is joined', boolean, { indexedBy: [threadState], says: 'of a thread that is joined' }),
      /** Monitor: made by an Ensure, so a Release must delete it. */
      madeByEnsure: variable('made by Ensure', boolean, { indexedBy: [threadState], role: 'monitor', says: 'made by an Ensure' }),
    },
    interpreters: {
      life: variable('interpreter is', life, {
        indexedBy: [interpreter],
        initial: onlyFirst(interpreters.length, alive, absent),
        says: 'alive or freed',
      }),
      /** Whose GIL it uses: its own, or the main interpreter's. */
      gil: variable('GIL of', interpreter, { indexedBy: [interpreter], says: 'interp->ceval.gil' }),
      /** Somebody who waits with a thread state of this interpreter wants the GIL; 3.9 to 3.12. */
      dropRequest: variable('is asked to drop, interpreter', boolean, { indexedBy: [interpreter], says: 'interp->ceval.gil_drop_request' }),
      /** Its thread states, newest first. */
      list: variable('list of thread states of', threadStateOrNone, {
        indexedBy: [interpreter, range(0, threadStates)],
        initial: onlyFirst(interpreters.length * total, 0, noMember),
        says: 'interp->threads',
      }),
      /** The one thread state it kept when it dropped the others for its end; `none` before. */
      keeps: variable('keeps only', threadStateOrNone, { indexedBy: [interpreter], says: '_PyThreadState_RemoveExcept' }),
      /** Open finalization guards, and whether there may be no more (3.15): one word of all ones. */
      guards: variable('guards of', range(0, 2 * threads.length + 2), {
        indexedBy: [interpreter],
        says: 'interp->finalization_guards',
      }),
      guardsAreClosed: variable('guards are closed of', boolean, {
        indexedBy: [interpreter],
        says: 'interp->finalization_guards == NOT_ALLOWED',
      }),
      /** The thread state that ends it, and the OS thread; since 3.12. Only compared, so it may be freed. */
      finalizing: variable('is ended by', threadStateOrNone, { indexedBy: [interpreter], says: 'interp->_finalizing' }),
      finalizingThread: variable('is ended by the thread', osThreadOrNone, { indexedBy: [interpreter], says: 'interp->_finalizing_id' }),
      /** The memory of its first thread state was used; 3.11 and 3.12 use it only once. */
      firstIsUsed: variable('first thread state is used of', boolean, {
        indexedBy: [interpreter],
        initial: onlyFirst(interpreters.length, 1, 0),
        says: 'interp->_initial_thread._initialized',
      }),
    },
    /** The GILState slot of each thread: `autoTLSkey`. */
    slot: variable('slot', threadStateOrNone, {
      indexedBy: [osThread],
      initial: onlyFirst(threads.length, policy.newThreadStateIsNotedIn === 'interpreter-slot' ? noMember : 0, noMember),
      says: 'autoTLSkey of this thread',
    }),
    /** One slot per thread and interpreter: a key in each interpreter (Pitrou), or a map (Dumpleton). */
    interpreterSlot: variable('interpreter slot', threadStateOrNone, {
      indexedBy: [osThread, interpreter],
      initial: onlyFirst(threads.length * interpreters.length, notesInInterpreterSlots ? 0 : noMember, noMember),
      says: 'slot of this thread for this interpreter',
    }),
    /** The interpreter a thread runs against, in the designs that record it; `none` while never set. */
    currentInterpreter: variable('current interpreter', interpreterOrNone, {
      indexedBy: [osThread],
      initial: onlyFirst(threads.length, policy.attachRecords === 'interpreter' ? 0 : noMember, noMember),
      says: 'the interpreter this thread runs against',
    }),
    currentInterpreterIsCleared: variable('current interpreter is cleared', boolean, {
      indexedBy: [osThread],
      says: 'cleared, not merely unset',
    }),
    finalization: finalizationVariables(vocabulary),
    checkIsEnabled: variable('PyGILState_Check is enabled', boolean, { initial: 1, says: '_PyGILState_check_enabled' }),
  }
  return Object.freeze({ ...state, main: member(interpreter, mainInterpreter), mainThreadState: member(threadState, mainThreadState) })
}

/** Declarations of a runtime state, in the order that states are laid out. */
export function runtimeVariables(state: RuntimeState): readonly Variable[] {
  const { gil, gils, threadStates, interpreters, policy } = state
  const oneGil = policy.gils === 'one'
  return [
    ...(oneGil ? [gil.locked, gil.dropRequest, gil.switchIsAwaited, gil.owner] : Object.values(gils)),
    ...(state.createsTheGil ? [state.gilExists] : []),
    policy.currentThreadState === 'of-the-process' ? state.current : state.currentOf,
    state.slot,
    state.interpreterSlot,
    state.currentInterpreter,
    state.currentInterpreterIsCleared,
    state.checkIsEnabled,
    interpreters.life,
    threadStates.life,
    threadStates.interpreter,
    threadStates.counter,
    threadStates.osThread,
    threadStates.cameFrom,
    threadStates.madeByEnsure,
    ...(policy.slotIsBound === 'when-attached' ? [threadStates.isBound] : []),
    ...(state.assertsClearing ? [threadStates.isCleared] : []),
    ...(policy.dropRequests === 'the-last-holder' ? [threadStates.dropRequest] : []),
    ...(policy.guards ? [threadStates.ensureCounter, threadStates.deletedOnRelease, threadStates.ownedGuard] : []),
    ...(policy.guards && policy.guardedEnsure.slotAfterRelease === 'is-restored' ? [threadStates.rememberedBefore] : []),
    ...(policy.guards ? [interpreters.guards, interpreters.guardsAreClosed] : []),
    ...(oneGil ? [] : [interpreters.gil]),
    ...(policy.dropRequests === 'those-in-the-interpreter-of-the-waiter' ? [interpreters.dropRequest] : []),
    ...(policy.firstThreadStateIsReused ? [] : [interpreters.firstIsUsed]),
    ...declaredForEnds(state),
  ].map((handle) => handle.declaration)
}

/** What only the end of an interpreter, or of the runtime, needs. */
function declaredForEnds({ dropsOthers, keepsDropped, joins, keepsLists, finalizes, threadStates, interpreters, ...state }: RuntimeState) {
  const { restarts, policy } = state
  const { mainThreadState, mainThread, ...always } = state.finalization
  return [
    ...(dropsOthers ? [threadStates.isLate, interpreters.keeps] : []),
    ...(keepsDropped ? [threadStates.isFirst] : []),
    ...(joins ? [threadStates.isJoined] : []),
    ...(keepsLists ? [interpreters.list] : []),
    ...(finalizes ? Object.values(always) : []),
    ...(restarts ? [mainThreadState, mainThread] : []),
    ...(finalizes && policy.lateThreadIsNoticed === 'in-take-gil-by-thread'
      ? [interpreters.finalizing, interpreters.finalizingThread]
      : []),
  ]
}

/** A thread state may be handed out again when it is freed, or never was, and nothing refers to it. */
export function threadStateAllocation(state: RuntimeState): Allocation {
  return allocation(state.vocabulary.threadState, (threadState) => not(isAlive(state, threadState)))
}

/** Not freed, and not gone with its interpreter: deleting an interpreter frees all its thread states. */
export function isAlive(state: RuntimeState, threadState: Term<ThreadState>): Formula {
  return and(
    equal(state.threadStates.life.at(threadState), member(state.vocabulary.life, 'alive')),
    interpreterIsAlive(state, state.threadStates.interpreter.at(threadState)),
    ...(state.dropsOthers ? [not(wasDropped(state, threadState))] : []),
  )
}

/**
 * Its memory may be read: it is alive, or, since 3.14, it was dropped and is kept for its thread, unless it lay in its interpreter. The thread
 * state must be there.
 */
export function memoryIsThere(state: RuntimeState, threadState: Term<ThreadState>): Formula {
  const { keepsDropped, threadStates, vocabulary } = state
  if (!keepsDropped) return isAlive(state, threadState)
  const isNotFreed = equal(threadStates.life.at(threadState), member(vocabulary.life, 'alive'))
  const isKept = and(wasDropped(state, threadState), not(threadStates.isFirst.at(threadState)))
  return and(isNotFreed, or(interpreterIsAlive(state, threadStates.interpreter.at(threadState)), isKept))
}

/**
 * Its interpreter dropped it: it is in no list any more. Up to 3.13 it is freed as well; since 3.14 it is marked `_Py_THREAD_SHUTTING_DOWN`
 * and its memory is kept until its thread comes by. The thread state must have an interpreter.
 */
export function wasDropped({ interpreters, threadStates, vocabulary }: RuntimeState, threadState: Term<ThreadState>): Formula {
  const keeps = interpreters.keeps.at(threadStates.interpreter.at(threadState))
  return and(
    not(equal(keeps, none(vocabulary.threadStateOrNone))),
    not(equal(keeps, threadState)),
    not(threadStates.isLate.at(threadState)),
  )
}

export function interpreterIsAlive(state: RuntimeState, interpreter: Term<Interpreter>): Formula {
  return equal(state.interpreters.life.at(interpreter), member(state.vocabulary.life, 'alive'))
}

export function isNoThreadState(state: RuntimeState, term: Term<ThreadState>): Formula {
  return equal(term, noThreadState(state))
}

export function noThreadState(state: RuntimeState): Term<ThreadState> {
  return none(state.vocabulary.threadStateOrNone)
}

export function noInterpreter(state: RuntimeState): Term<Interpreter> {
  return none(state.vocabulary.interpreterOrNone)
}

/** The OS thread with this position, as a term. */
export function osThreadAt(state: RuntimeState, position: number): Term<OsThread> {
  return literal(state.vocabulary.osThread, position)
}
