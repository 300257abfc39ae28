import type { Formula, Term } from '../language/builder.ts'
import { and, conditional, equal, falsehood, isNone, not, or } from '../language/builder.ts'
import type { ProgramBuilder } from '../program/program-builder.ts'
import { undefinedWhen } from '../program/program-builder.ts'
import type { AbortClause } from '../program/statement.ts'
import { currentFor } from './current.ts'
import type { RuntimeState } from './runtime-state.ts'
import { interpreterIsAlive, isAlive, memoryIsThere, noThreadState } from './runtime-state.ts'
import type { Interpreter, OsThread, ThreadState } from './vocabulary.ts'

/** Who calls a C function: the program being written, the state it runs on, and the OS thread. */
export interface Caller {
  readonly program: ProgramBuilder
  readonly runtime: RuntimeState
  readonly thread: Term<OsThread>
}

/** Event: NULL is dereferenced as a thread state. What is undefined otherwise is a use of freed memory. */
export const usesNull = 'a NULL thread state is used'

/** Dereferencing a `PyThreadState *`: NULL and freed memory are undefined behaviour. */
export function dereferences({ runtime }: Caller, threadState: Term<ThreadState>): readonly AbortClause[] {
  const { threadStateOrNone } = runtime.vocabulary
  return [
    undefinedWhen(isNone(threadState, threadStateOrNone), 'a NULL thread state is dereferenced', usesNull),
    undefinedWhen(not(memoryIsThere(runtime, threadState)), 'a freed thread state is used'),
  ]
}

/** Dereferencing a `PyInterpreterState *`. */
export function dereferencesInterpreter({ runtime }: Caller, interpreter: Term<Interpreter>): readonly AbortClause[] {
  return [
    undefinedWhen(
      or(isNone(interpreter, runtime.vocabulary.interpreterOrNone), not(interpreterIsAlive(runtime, interpreter))),
      'an interpreter that does not exist any more is used',
    ),
  ]
}

/** The thread took the GIL and has not given it back. */
export function holdsTheGil({ runtime, thread }: Pick<Caller, 'runtime' | 'thread'>): Formula {
  const { gil, gils, interpreters, threadStates, policy } = runtime
  if (policy.gils === 'one') return and(gil.locked.at(), equal(gil.owner.at(), thread))
  const current = currentFor({ runtime, thread })
  const of = interpreters.gil.at(threadStates.interpreter.at(current))
  return conditional(equal(current, noThreadState(runtime)), falsehood, and(gils.locked.at(of), equal(gils.owner.at(of), thread)))
}

/** The thread state is there, and was made for, or started on, another OS thread than the calling one. */
export function isOfAnotherThread({ runtime, thread }: Caller, threadState: Term<ThreadState>): Formula {
  const isThere = and(not(isNone(threadState, runtime.vocabulary.threadStateOrNone)), isAlive(runtime, threadState))
  return and(isThere, not(equal(runtime.threadStates.osThread.at(threadState), thread)))
}
