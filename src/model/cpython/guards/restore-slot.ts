import type { Place } from '../../language/builder.ts'
import { assign, equal, falsehood, not } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { isNoThreadState, noThreadState } from '../runtime-state.ts'
import { bindToSlot } from '../thread-state/bind.ts'
import type { ThreadState } from '../vocabulary.ts'
import { readsItsMemory } from './its-memory.ts'

const pep = sourceFile('81424fc9', 'peps/pep-0788.rst')

/**
 * The calling thread's slot gets back what it held before Ensure, as the revisions of PEP 788 from May to October 2025 promise. No release
 * does this: 3.15 leaves in the slot what was attached last.
 */
export function restoreSlot(caller: Caller, remembered: Place<ThreadState>): void {
  const { program, runtime, thread } = caller
  const slot = runtime.slot.at(thread)
  const { isBound } = runtime.threadStates
  // Looked at once: finalization of another thread may take the key of the slots away meanwhile.
  const held = program.keep('held', runtime.vocabulary.threadStateOrNone, slot)
  program.when(not(equal(held, remembered)), () => {
    program.when(
      isNoThreadState(runtime, remembered),
      () =>
        program.step('empties its slot again', pep('PyThreadState_Release'), {
          aborts: readsItsMemory(caller, held),
          assign: [assign(isBound.at(held), falsehood), assign(slot, noThreadState(runtime))],
        }),
      () => {
        program.step('looks at what it remembered before', pep('PyThreadState_Release'), { aborts: readsItsMemory(caller, remembered) })
        bindToSlot(caller, remembered)
      },
    )
  })
}
