import type { Place, Term } from '../../language/builder.ts'
import { assign, conditional, integer, not } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { dereferences } from '../caller.ts'
import { mustExit } from '../finalization/late-thread.ts'
import { initThreads } from '../gil/init-threads.ts'
import { isNoThreadState } from '../runtime-state.ts'
import { hasInterpreterSlots, hasThreadSlot } from '../slots.ts'
import { preallocThreadState } from '../thread-state/create.ts'
import { clearThreadState, deleteCurrentThreadState } from '../thread-state/delete.ts'
import { acquireThread } from '../thread-state/save-and-restore.ts'
import { recordsOf } from '../thread-state/swap.ts'
import type { Interpreter, ThreadState } from '../vocabulary.ts'

const threadmodule = sourceFile('3.2', 'Modules/_threadmodule.c')

/**
 * `bare`: `_thread.start_new_thread`. `daemon` and `joined`: `threading.Thread`; a daemon is like a bare one, the others are joined before
 * their interpreter ends.
 */
export type StartedThread = 'bare' | 'joined' | 'daemon'

/** `_thread.start_new_thread`: makes the new thread's state in the creator's interpreter and hands it over through `boot`. */
export function startThread(
  caller: Caller,
  interpreter: Term<Interpreter>,
  boot: Place<ThreadState>,
  options: { readonly kind: StartedThread } = { kind: 'bare' },
): void {
  const isJoined = options.kind === 'joined'
  if (isJoined && !caller.runtime.joins) throw new TypeError('startThread: a scenario with joined threads says that it joins')
  caller.program.procedure('thread_PyThread_start_new_thread', () => {
    preallocThreadState(caller, interpreter, { into: boot, isJoined })
    if (caller.runtime.createsTheGil) initThreads(caller)
  })
}

/**
 * `t_bootstrap`, in the new thread: waits to be started, notes its thread state in its slot, attaches, runs, and deletes the thread state.
 * The GIL is not held while the slot is written; the slot is the thread's own. Since 3.12 it returns at once when it comes too late for
 * finalization, and leaves its thread state to the thread that finalizes.
 */
export function bootstrapThread(caller: Caller, boot: Place<ThreadState>, body: (own: Place<ThreadState>) => void): void {
  const { program, runtime, thread } = caller
  const { threadStates } = runtime
  const self = program.procedure('t_bootstrap', () => {
    const own = program.local('tstate', runtime.vocabulary.threadStateOrNone)
    program.step('starts', threadmodule('t_bootstrap'), { waitsFor: not(isNoThreadState(runtime, boot)), assign: [assign(own, boot)] })
    returnIfLate(caller, own)
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

function returnIfLate(caller: Caller, own: Place<ThreadState>): void {
  const { program, runtime } = caller
  if (runtime.policy.lateThreadIsNoticed === 'in-take-gil') return
  const late = mustExit(caller, own)
  if (late === undefined) return
  program.step('looks whether it comes too late', sourceFile('3.12', 'Modules/_threadmodule.c')('thread_run'), { aborts: late.reads })
  program.when(late.isLate, () => program.end('comes too late and returns', sourceFile('3.12', 'Modules/_threadmodule.c')('thread_run')))
}

/** The slots that noting fills. The interpreter is the one the thread state says. */
function noted({ runtime, thread }: Caller, own: Place<ThreadState>) {
  const { policy, slot, interpreterSlot, threadStates } = runtime
  const isBound =
    policy.slotIsBound === 'when-attached' ? [assign(threadStates.isBound.at(own), isNoThreadState(runtime, slot.at(thread)))] : []
  const keep = (here: Term<ThreadState>): Term<ThreadState> => conditional(isNoThreadState(runtime, here), own, here)
  const there = interpreterSlot.at(thread, threadStates.interpreter.at(own))
  return [
    ...isBound,
    ...(hasThreadSlot(runtime) ? [assign(slot.at(thread), keep(slot.at(thread)))] : []),
    ...(hasInterpreterSlots(runtime) && policy.newThreadStateIsNotedIn !== 'thread-slot' ? [assign(there, keep(there))] : []),
  ]
}
