import type { Formula, Term } from '../../language/builder.ts'
import { and, assign, conditional, event, member, not, unequal } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { AbortClause } from '../../program/statement.ts'
import type { Caller } from '../caller.ts'
import { dereferences } from '../caller.ts'
import { dropGil } from '../gil/drop-gil.ts'
import { isNoThreadState, memoryIsThere, wasDropped } from '../runtime-state.ts'
import type { ThreadState } from '../vocabulary.ts'

const pystate = sourceFile('3.13', 'Python/pystate.c')

/** Place name of a thread that CPython made sleep for ever. */
export const hangsForEver = 'sleeps for ever'
/** Event: CPython ends a thread that came too late for finalization, by `pthread_exit`. */
export const lateThreadExits = 'a late thread is ended'

/** `_PyThreadState_MustExit`, as an atomic look. */
export interface LateCheck {
  readonly isLate: Formula
  /** What it reads of the thread state: nothing, where only pointers are compared. */
  readonly reads: readonly AbortClause[]
}

/**
 * `_PyThreadState_MustExit`: whether a thread that attaches this thread state comes too late. Undefined where `take_gil` does not ask (up to
 * 3.8), or where nothing is finalized. Up to 3.13 pointers are compared, so the thread state may be freed, unless the runtime lives on: then
 * 3.12 asks the interpreter of the thread state. Since 3.14 the thread state is marked.
 */
export function mustExit(caller: Caller, threadState: Term<ThreadState>): LateCheck | undefined {
  const { runtime, thread } = caller
  const { finalization, interpreters, threadStates, policy } = runtime
  const isSet = (finalizing: Term<ThreadState>): Formula => not(isNoThreadState(runtime, finalizing))
  const ofRuntime = finalization.finalizing.at()
  switch (policy.lateThreadIsNoticed) {
    case 'in-take-gil':
      return runtime.finalizes ? { isLate: and(isSet(ofRuntime), unequal(ofRuntime, threadState)), reads: [] } : undefined
    case 'in-take-gil-by-thread': {
      if (!runtime.finalizes) return undefined
      const there = threadStates.interpreter.at(threadState)
      const ofInterpreter = interpreters.finalizing.at(there)
      const finalizing = conditional(isSet(ofRuntime), ofRuntime, ofInterpreter)
      const by = conditional(isSet(ofRuntime), finalization.finalizingThread.at(), interpreters.finalizingThread.at(there))
      return {
        isLate: and(isSet(finalizing), unequal(finalizing, threadState), unequal(by, thread)),
        reads: dereferences(caller, threadState).map((clause) => ({ ...clause, when: and(not(isSet(ofRuntime)), clause.when) })),
      }
    }
    case 'by-its-own-mark': {
      if (!runtime.dropsOthers) return undefined
      const isThere = memoryIsThere(runtime, threadState)
      return { isLate: and(isThere, wasDropped(runtime, threadState)), reads: dereferences(caller, threadState) }
    }
    default:
      return undefined
  }
}

/** The check that callers of `take_gil` make after it, up to 3.8: a late thread gives the GIL back and ends. */
export function endLateAfterTaking(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime } = caller
  if (!runtime.finalizes) return
  const finalizing = runtime.finalization.finalizing.at()
  program.when(and(not(isNoThreadState(runtime, finalizing)), unequal(finalizing, threadState)), () => {
    dropGil(caller, threadState, { forAThreadState: true })
    endLateThread(caller, threadState)
  })
}

/** What becomes of a late thread: it ends, or never comes back. Since 3.14 it frees its thread state, which was kept for it. */
export function endLateThread({ program, runtime }: Caller, threadState: Term<ThreadState>): void {
  const { policy, threadStates, vocabulary } = runtime
  if (policy.lateThread === 'exits') {
    program.end('is ended: pthread_exit', pystate('PyThread_exit_thread'), [event(lateThreadExits)])
    return
  }
  if (policy.lateThreadIsNoticed === 'by-its-own-mark') {
    program.step('gives up its thread state', sourceFile('3.14', 'Python/pystate.c')('_PyThreadState_HangThread'), [
      assign(threadStates.life.at(threadState), member(vocabulary.life, 'freed')),
    ])
  }
  program.standStill(hangsForEver, pystate('PyThread_hang_thread'))
}
