import type { Place, Term } from '../../language/builder.ts'
import { assign, conditional, integer, not } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { dereferences } from '../caller.ts'
import { isNoThreadState } from '../runtime-state.ts'
import { hasInterpreterSlots, hasThreadSlot } from '../slots.ts'
import { preallocThreadState } from '../thread-state/create.ts'
import { clearThreadState, deleteCurrentThreadState } from '../thread-state/delete.ts'
import { acquireThread } from '../thread-state/save-and-restore.ts'
import { recordsOf } from '../thread-state/swap.ts'
import type { Interpreter, ThreadState } from '../vocabulary.ts'

const threadmodule = sourceFile('3.2', 'Modules/_threadmodule.c')

/** `_thread.start_new_thread`: makes the new thread's state in the creator's interpreter and hands it over through `boot`. */
export function startThread(caller: Caller, interpreter: Term<Interpreter>, boot: Place<ThreadState>): void {
  caller.program.procedure('thread_PyThread_start_new_thread', () => preallocThreadState(caller, interpreter, boot))
}

/**
 * `t_bootstrap`, in the new thread: waits to be started, notes its thread state in its slot, attaches, runs, and deletes the thread state.
 * The GIL is not held while the slot is written; the slot is the thread's own.
 */
export function bootstrapThread(caller: Caller, boot: Place<ThreadState>, body: (own: Place<ThreadState>) => void): void {
  const { program, runtime, thread } = caller
  const { threadStates } = runtime
  const self = program.procedure('t_bootstrap', () => {
    const own = program.local('tstate', runtime.vocabulary.threadStateOrNone)
    program.step('starts', threadmodule('t_bootstrap'), { waitsFor: not(isNoThreadState(runtime, boot)), assign: [assign(own, boot)] })
    program.step('notes its thread state', threadmodule('t_bootstrap'), {
      aborts: dereferences(caller, own),
      assign: [assign(threadStates.osThread.at(own), thread), assign(threadStates.counter.at(own), integer(1)), ...noted(caller, own)],
    })
    if (runtime.policy.pythonThreadRecordsInterpreter)
      program.step('records its interpreter', undefined, recordsOf(caller, own, 'interpreter'))
    acquireThread(caller, own)
    return own
  })
  body(self)
  program.procedure('t_bootstrap', () => {
    clearThreadState(caller, self)
    deleteCurrentThreadState(caller)
  })
}

/** The slots that noting fills. The interpreter is the one the thread state says. */
function noted({ runtime, thread }: Caller, own: Place<ThreadState>) {
  const { policy, slot, interpreterSlot, threadStates } = runtime
  const keep = (here: Term<ThreadState>): Term<ThreadState> => conditional(isNoThreadState(runtime, here), own, here)
  const there = interpreterSlot.at(thread, threadStates.interpreter.at(own))
  return [
    ...(hasThreadSlot(runtime) ? [assign(slot.at(thread), keep(slot.at(thread)))] : []),
    ...(hasInterpreterSlots(runtime) && policy.newThreadStateIsNotedIn !== 'thread-slot' ? [assign(there, keep(there))] : []),
  ]
}
