import type { Formula, Place, Term } from '../../language/builder.ts'
import {
  and,
  assign,
  conditional,
  equal,
  exists,
  falsehood,
  fresh,
  integer,
  literal,
  member,
  none,
  not,
  or,
  truth,
} from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { AbortClause } from '../../program/statement.ts'
import type { Caller } from '../caller.ts'
import { dereferencesInterpreter } from '../caller.ts'
import { assertion } from '../debug.ts'
import { fatalMessage } from '../fatal-messages.ts'
import { mainInterpreters } from '../finalization/lives.ts'
import type { RuntimeState } from '../runtime-state.ts'
import { isAlive, isNoThreadState, noThreadState } from '../runtime-state.ts'
import { noteAfterATest, noteAssignments, notesThreadStates } from '../slots.ts'
import type { Interpreter, OsThread, ThreadState } from '../vocabulary.ts'
import { linked } from './list.ts'

const pystate = sourceFile('3.2', 'Python/pystate.c')

/**
 * `PyThreadState_New(interpreter)`: allocates a thread state for the calling thread, notes it in the thread's slot where that is empty, and
 * links it. Only the linking can be seen by others, so the three are one step. The GIL is not needed and not checked.
 */
export function newThreadState(
  caller: Caller,
  interpreter: Term<Interpreter>,
  options: { readonly byEnsure?: boolean } = {},
): Place<ThreadState> {
  const { program, runtime, thread } = caller
  return program.procedure('PyThreadState_New', () => {
    const made = program.local('tstate', runtime.vocabulary.threadStateOrNone)
    const self = fresh(runtime.vocabulary.threadState)
    const inOneStep = runtime.policy.keyIsSet === 'only-if-absent'
    // PyGILState_Ensure sets the counter of the thread state it made back to 0; nothing reads it in between.
    const counter = options.byEnsure === true ? integer(0) : conditionalOnNoting(runtime)
    const { policy } = runtime
    // 3.13 links the thread state first, and binds it to the thread afterwards; 3.2 the other way round. Nobody else sees the difference.
    const isBound = isNoThreadState(runtime, runtime.slot.at(thread))
    program.step('makes a thread state', pystate('new_threadstate'), {
      aborts: [...dereferencesInterpreter(caller, interpreter), ...usesMemoryTwice(caller, interpreter)],
      assign: [
        ...born(caller, { self, interpreter, thread, counter, byEnsure: options.byEnsure ?? false }),
        assign(made, self),
        ...(inOneStep ? noteAssignments(caller, self, interpreter) : []),
        ...(policy.slotIsBound === 'when-attached' ? [assign(runtime.threadStates.isBound.at(self), isBound)] : []),
      ],
    })
    if (!inOneStep) noteAfterATest(caller, made, interpreter)
    return made
  })
}

/** `_PyThreadState_Prealloc(interpreter)`: a thread state for a thread that does not run yet; noted in no slot. */
export function preallocThreadState(
  caller: Caller,
  interpreter: Term<Interpreter>,
  options: { readonly into: Place<ThreadState>; readonly isJoined: boolean },
): void {
  const { program, runtime } = caller
  const { into, isJoined } = options
  const thread = none(runtime.vocabulary.osThreadOrNone)
  const counter = integer(runtime.policy.preallocatedCounter)
  program.procedure('_PyThreadState_Prealloc', () => {
    const self = fresh(runtime.vocabulary.threadState)
    program.step('makes a thread state for the new thread', pystate('new_threadstate'), {
      aborts: [...dereferencesInterpreter(caller, interpreter), ...usesMemoryTwice(caller, interpreter)],
      assign: [
        ...born(caller, { self, interpreter, thread, counter, byEnsure: false, isJoined }),
        assign(into, self),
        ...(runtime.policy.slotIsBound === 'when-attached' ? [assign(runtime.threadStates.isBound.at(self), falsehood)] : []),
      ],
    })
  })
}

/** `_PyGILState_NoteThreadState` counts nothing while there is no main interpreter. */
function conditionalOnNoting(runtime: RuntimeState): Term<'integer'> {
  const isNoted = notesThreadStates(runtime)
  return isNoted === undefined ? integer(1) : conditional(isNoted, integer(1), integer(0))
}

interface Birth {
  readonly self: Term<ThreadState>
  readonly interpreter: Term<Interpreter>
  readonly thread: Term<OsThread>
  readonly counter: Term<'integer'>
  readonly byEnsure: boolean
  readonly isJoined?: boolean
}

function born({ runtime }: Caller, { self, interpreter, thread, counter, byEnsure, isJoined = false }: Birth) {
  const { threadStates, vocabulary, policy } = runtime
  return [
    assign(threadStates.life.at(self), member(vocabulary.life, 'alive')),
    assign(threadStates.interpreter.at(self), interpreter),
    assign(threadStates.osThread.at(self), thread),
    assign(threadStates.counter.at(self), counter),
    assign(threadStates.cameFrom.at(self), noThreadState(runtime)),
    assign(threadStates.madeByEnsure.at(self), literal(boolean, byEnsure ? 1 : 0)),
    ...(policy.dropRequests === 'the-last-holder' ? [assign(threadStates.dropRequest.at(self), falsehood)] : []),
    ...(runtime.assertsClearing ? [assign(threadStates.isCleared.at(self), falsehood)] : []),
    ...(runtime.dropsOthers
      ? [assign(threadStates.isLate.at(self), not(isNoThreadState(runtime, runtime.interpreters.keeps.at(interpreter))))]
      : []),
    ...(runtime.keepsDropped ? [assign(threadStates.isFirst.at(self), liesInInterpreter(runtime, interpreter))] : []),
    ...(policy.guards ? guardFields(runtime, self) : []),
    ...(runtime.joins ? [assign(threadStates.isJoined.at(self), literal(boolean, isJoined ? 1 : 0))] : []),
    ...linked(runtime, self, interpreter),
    ...(policy.firstThreadStateIsReused ? [] : [assign(runtime.interpreters.firstIsUsed.at(interpreter), truth)]),
  ]
}

/** A new thread state takes the memory in its interpreter where that is free. Python/pystate.c alloc_threadstate (3.13). */
function liesInInterpreter(runtime: RuntimeState, interpreter: Term<Interpreter>): Formula {
  const { threadStates, vocabulary } = runtime
  const isTaken = exists('first', vocabulary.threadState, (other) =>
    and(
      equal(threadStates.life.at(other), member(vocabulary.life, 'alive')),
      equal(threadStates.interpreter.at(other), interpreter),
      threadStates.isFirst.at(other),
    ),
  )
  const isMain = or(...mainInterpreters(runtime).map((main) => equal(interpreter, main)))
  return and(not(isMain), not(isTaken))
}

/** Fields of `tstate->ensure` (3.15). */
function guardFields(runtime: RuntimeState, self: Term<ThreadState>) {
  const { threadStates, vocabulary, policy } = runtime
  const isRestored = policy.guardedEnsure.slotAfterRelease === 'is-restored'
  return [
    assign(threadStates.ensureCounter.at(self), integer(0)),
    assign(threadStates.deletedOnRelease.at(self), falsehood),
    assign(threadStates.ownedGuard.at(self), none(vocabulary.interpreterOrNone)),
    ...(isRestored ? [assign(threadStates.rememberedBefore.at(self), noThreadState(runtime))] : []),
  ]
}

/**
 * An interpreter's first thread state lies in the interpreter; 3.11 and 3.12 use that memory whenever the list is empty, and refuse to do it
 * twice. Python/pystate.c new_threadstate and init_threadstate (3.11).
 */
function usesMemoryTwice({ runtime }: Caller, interpreter: Term<Interpreter>): readonly AbortClause[] {
  const { policy, interpreters, threadStates, vocabulary } = runtime
  if (policy.firstThreadStateIsReused) return []
  const isIn = (other: Term<ThreadState>) => and(isAlive(runtime, other), equal(threadStates.interpreter.at(other), interpreter))
  const isEmpty = not(exists('listed', vocabulary.threadState, isIn))
  const isUsedTwice = and(interpreters.firstIsUsed.at(interpreter), isEmpty)
  // A debug build of 3.11 asserts that only the first thread state of all lies there.
  return [policy.debug ? assertion(isUsedTwice, 'id == 1') : fatalWhen(isUsedTwice, fatalMessage(policy, 'New: memory is used'))]
}
