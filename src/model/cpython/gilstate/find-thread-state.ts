import type { Place, Term } from '../../language/builder.ts'
import { assign, equal, not } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import type { Interpreter, ThreadState } from '../vocabulary.ts'
import { currentInterpreter } from './current-interpreter.ts'

const pystate = sourceFile('3.2', 'Python/pystate.c')

/** What a GILState call found: the thread's state, and the interpreter it should be in where the design has an opinion. */
export interface Found {
  readonly threadState: Place<ThreadState>
  /** Undefined where the design takes the thread slot's word for it. */
  readonly wanted: Term<Interpreter> | undefined
}

/** How plain `Ensure()` and `Release()` find the calling thread's state: by `autoTLSkey` in 3.2. */
export function findThreadState(caller: Caller): Found {
  const { program, runtime, thread } = caller
  const mine = program.local('tcur', runtime.vocabulary.threadStateOrNone)
  switch (runtime.policy.plainCallsLookIn) {
    case 'thread-slot': {
      const wanted = runtime.policy.freshThreadStateGoesTo === 'current-interpreter' ? currentInterpreter(caller) : undefined
      program.step('reads its GILState slot', pystate('PyThread_get_key_value'), [assign(mine, runtime.slot.at(thread))])
      return { threadState: mine, wanted }
    }
    case 'slot-of-main':
      return inSlotOf(caller, runtime.main)
    case 'slot-of-current-interpreter':
      return inSlotOf(caller, currentInterpreter(caller))
  }
}

/** Reads the calling thread's slot for one interpreter. */
export function inSlotOf({ program, runtime, thread }: Caller, interpreter: Term<Interpreter>): Found {
  const mine = program.local('tcur', runtime.vocabulary.threadStateOrNone)
  program.step('reads its slot for the interpreter', undefined, [assign(mine, runtime.interpreterSlot.at(thread, interpreter))])
  return { threadState: mine, wanted: interpreter }
}

/** `PyGILState_GetThisThreadState`: what plain `Ensure()` would use now, without making anything. */
export function getThisThreadState(caller: Caller): Place<ThreadState> {
  return caller.program.procedure('PyGILState_GetThisThreadState', () => findThreadState(caller).threadState)
}

/** A thread state was found, and it belongs to another interpreter than the one wanted. */
export function isInAnotherInterpreter({ runtime }: Caller, found: Term<ThreadState>, wanted: Term<Interpreter>) {
  return not(equal(runtime.threadStates.interpreter.at(found), wanted))
}
