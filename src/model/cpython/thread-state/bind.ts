import type { Term } from '../../language/builder.ts'
import { assign, falsehood, not, truth } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { dereferences } from '../caller.ts'
import { assertionFails } from '../debug.ts'
import { isNoThreadState } from '../runtime-state.ts'
import type { ThreadState } from '../vocabulary.ts'

const pystate = sourceFile('3.12', 'Python/pystate.c')

/**
 * `tstate_activate` and `bind_gilstate_tstate` (3.12): the slot of the calling thread follows what it attaches, unless the thread state is in
 * somebody's slot already, whoever's that is.
 */
export function activate(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime } = caller
  if (runtime.policy.slotIsBound !== 'when-attached') return
  program.procedure('tstate_activate', () => {
    program.step('looks whether it is in a slot', pystate('tstate_activate'), { aborts: dereferences(caller, threadState) })
    program.when(not(runtime.threadStates.isBound.at(threadState)), () => bindToSlot(caller, threadState))
  })
}

/** `bind_gilstate_tstate`: writes through the slot to what was there before, alive or not. */
export function bindToSlot(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime, thread } = caller
  const { isBound } = runtime.threadStates
  const slot = runtime.slot.at(thread)
  program.procedure('bind_gilstate_tstate', () => {
    if (runtime.assertsClearing) assertionFails(caller, runtime.threadStates.isCleared.at(threadState), 'tstate_is_alive(tstate)')
    program.when(not(isNoThreadState(runtime, slot)), () =>
      program.step('takes the old one out of its slot', pystate('bind_gilstate_tstate'), {
        aborts: dereferences(caller, slot),
        assign: [assign(isBound.at(slot), falsehood)],
      }),
    )
    program.step('puts it in its slot', pystate('bind_gilstate_tstate'), [
      assign(slot, threadState),
      assign(isBound.at(threadState), truth),
    ])
  })
}
