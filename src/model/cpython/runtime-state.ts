import type { Formula, Term } from '../language/builder.ts'
import { allocation, and, equal, literal, member, none, not, variable } from '../language/builder.ts'
import { boolean, none as noMember } from '../language/domain.ts'
import type { Allocation } from '../language/transition-system.ts'
import type { Variable } from '../language/variable.ts'
import type { Policy } from './policy.ts'
import type { Interpreter, OsThread, ThreadState } from './vocabulary.ts'
import { mainInterpreter, mainThreadState, vocabularyOf } from './vocabulary.ts'

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
}

/**
 * The state right after `Py_Initialize` with the GIL created: the first OS thread is attached with the main thread state and holds the GIL.
 * Python/pythonrun.c Py_InitializeEx and Python/pystate.c _PyGILState_Init (3.2).
 */
export function runtimeStateOf({ threads, interpreters, threadStates, policy }: RuntimeOptions) {
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
    gil: {
      locked: variable('GIL is locked', boolean, { initial: 1, says: 'gil_locked' }),
      dropRequest: variable('GIL drop is requested', boolean, { says: 'gil_drop_request' }),
      switchIsAwaited: variable('forced switch is awaited', boolean, {
        indexedBy: [osThread],
        says: 'waits until another thread took the GIL',
      }),
      /** Monitor: who took the lock. The C code does not know. */
      owner: variable('GIL was taken by', osThreadOrNone, { initial: 0, role: 'monitor', says: 'the OS thread that took the GIL' }),
    },
    /** `_PyThreadState_Current`: one for the whole process, up to 3.11. */
    current: variable('current thread state', threadStateOrNone, { initial: 0, says: '_PyThreadState_Current' }),
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
      /** Monitor: made by an Ensure, so a Release must delete it. */
      madeByEnsure: variable('made by Ensure', boolean, { indexedBy: [threadState], role: 'monitor', says: 'made by an Ensure' }),
    },
    interpreters: {
      life: variable('interpreter is', life, {
        indexedBy: [interpreter],
        initial: onlyFirst(interpreters.length, alive, absent),
        says: 'alive or freed',
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
    checkIsEnabled: variable('PyGILState_Check is enabled', boolean, { initial: 1, says: '_PyGILState_check_enabled' }),
  }
  return Object.freeze({ ...state, main: member(interpreter, mainInterpreter), mainThreadState: member(threadState, mainThreadState) })
}

/** Declarations of a runtime state, in the order that states are laid out. */
export function runtimeVariables(state: RuntimeState): readonly Variable[] {
  const { gil, threadStates, interpreters } = state
  return [
    gil.locked,
    gil.dropRequest,
    gil.switchIsAwaited,
    gil.owner,
    state.current,
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
  ].map((handle) => handle.declaration)
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
