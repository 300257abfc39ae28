import type { Term } from '../../language/builder.ts'
import { assign, equal, not, or, unequal } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { Caller } from '../caller.ts'
import { dereferences } from '../caller.ts'
import { currentFor } from '../current.ts'
import { assertionFails, slotInWords } from '../debug.ts'
import { fatalMessage } from '../fatal-messages.ts'
import { dropGil } from '../gil/drop-gil.ts'
import { everyThread } from '../gil/gil.ts'
import { takeGil } from '../gil/take-gil.ts'
import { isNoThreadState, noThreadState } from '../runtime-state.ts'
import type { ThreadState } from '../vocabulary.ts'
import { activate } from './bind.ts'

const pystate = sourceFile('3.13', 'Python/pystate.c')

/** `_PyThreadState_Attach` (3.13): refuses NULL and a thread that is attached, takes the GIL, and makes the thread state current. */
export function attach(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime } = caller
  const { policy } = runtime
  const current = currentFor(caller)
  program.procedure('_PyThreadState_Attach', () => {
    program.step('checks that nothing is attached', pystate('_PyThreadState_Attach'), {
      aborts: [
        fatalWhen(isNoThreadState(runtime, threadState), fatalMessage(policy, 'RestoreThread: NULL')),
        fatalWhen(not(isNoThreadState(runtime, current)), fatalMessage(policy, 'attach: attached')),
      ],
    })
    takeGil(caller, threadState)
    program.step('makes the thread state current', pystate('_PyThreadState_Attach'), [assign(current, threadState)])
    if (policy.debug) {
      const others = everyThread(runtime).filter(
        (thread) => !(thread.kind === 'literal' && caller.thread.kind === 'literal' && thread.value === caller.thread.value),
      )
      const isAttachedElsewhere = or(...others.map((thread) => equal(currentFor({ runtime, thread }), threadState)))
      assertionFails(caller, isAttachedElsewhere, runtime.keepsDropped ? 'tstate->state == _Py_THREAD_DETACHED' : '!tstate->_status.active')
    }
    activate(caller, threadState)
    if (policy.debug) {
      const isInAnothersSlot = unequal(runtime.slot.at(caller.thread), threadState)
      assertionFails(caller, isInAnothersSlot, `!tstate->_status.bound_gilstate || tstate == ${slotInWords(runtime)}`)
    }
  })
}

/** `_PyThreadState_Detach` (3.13): nothing is current any more, and the GIL is dropped. Only a debug build looks whose it is. */
export function detach(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime } = caller
  const current = currentFor(caller)
  program.procedure('_PyThreadState_Detach', () => {
    if (runtime.policy.debug) {
      const isAttached = or(...everyThread(runtime).map((thread) => equal(currentFor({ runtime, thread }), threadState)))
      assertionFails(caller, not(isAttached), '_Py_atomic_load_int_relaxed(&tstate->state) == _Py_THREAD_ATTACHED')
      assertionFails(caller, not(equal(threadState, current)), 'tstate == current_fast_get()')
    }
    program.step('makes nothing current', pystate('detach_thread'), {
      aborts: dereferences(caller, threadState),
      assign: [assign(current, noThreadState(runtime))],
    })
    dropGil(caller, threadState, { forAThreadState: true })
  })
}
