import type { Place, Term } from '../../language/builder.ts'
import { assign, fresh, integer, literal, member, none } from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { dereferencesInterpreter } from '../caller.ts'
import { noThreadState } from '../runtime-state.ts'
import { noteAfterATest, noteAssignments } from '../slots.ts'
import type { Interpreter, OsThread, ThreadState } from '../vocabulary.ts'

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
    const counter = options.byEnsure === true ? 0 : 1
    program.step('makes a thread state', pystate('new_threadstate'), {
      aborts: dereferencesInterpreter(caller, interpreter),
      assign: [
        ...born(caller, self, interpreter, thread, counter, options.byEnsure ?? false),
        assign(made, self),
        ...(inOneStep ? noteAssignments(caller, self, interpreter) : []),
      ],
    })
    if (!inOneStep) noteAfterATest(caller, made, interpreter)
    return made
  })
}

/** `_PyThreadState_Prealloc(interpreter)`: a thread state for a thread that does not run yet; noted in no slot. */
export function preallocThreadState(caller: Caller, interpreter: Term<Interpreter>, into: Place<ThreadState>): void {
  const { program, runtime } = caller
  program.procedure('_PyThreadState_Prealloc', () => {
    const self = fresh(runtime.vocabulary.threadState)
    program.step('makes a thread state for the new thread', pystate('new_threadstate'), {
      aborts: dereferencesInterpreter(caller, interpreter),
      assign: [...born(caller, self, interpreter, none(runtime.vocabulary.osThreadOrNone), 0, false), assign(into, self)],
    })
  })
}

function born(
  { runtime }: Caller,
  self: Term<ThreadState>,
  interpreter: Term<Interpreter>,
  thread: Term<OsThread>,
  counter: number,
  byEnsure: boolean,
) {
  const { threadStates, vocabulary } = runtime
  return [
    assign(threadStates.life.at(self), member(vocabulary.life, 'alive')),
    assign(threadStates.interpreter.at(self), interpreter),
    assign(threadStates.osThread.at(self), thread),
    assign(threadStates.counter.at(self), integer(counter)),
    assign(threadStates.cameFrom.at(self), noThreadState(runtime)),
    assign(threadStates.madeByEnsure.at(self), literal(boolean, byEnsure ? 1 : 0)),
  ]
}
