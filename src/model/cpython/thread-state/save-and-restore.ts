import type { Place, Term } from '../../language/builder.ts'
import { assign, equal, falsehood, not } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { dereferences } from '../caller.ts'
import { currentFor } from '../current.ts'
import { assertionFails } from '../debug.ts'
import { fatalMessage } from '../fatal-messages.ts'
import { endLateAfterTaking } from '../finalization/late-thread.ts'
import { dropGil } from '../gil/drop-gil.ts'
import { whenTheGilExists } from '../gil/gil-exists.ts'
import { takeGil } from '../gil/take-gil.ts'
import { isNoThreadState, noInterpreter, noThreadState } from '../runtime-state.ts'
import type { ThreadState } from '../vocabulary.ts'
import { attach, detach } from './attach.ts'
import { recordsOf, swapIn, swapOut } from './swap.ts'

const ceval = sourceFile('3.2', 'Python/ceval.c')

/** `PyEval_SaveThread`: nothing is current any more, then the GIL is dropped. Returns the thread state that was current. */
export function saveThread(caller: Caller): Place<ThreadState> {
  const { program, runtime } = caller
  const { policy, vocabulary } = runtime
  return program.procedure('PyEval_SaveThread', () => {
    if (policy.attaching === 'attaches') {
      // Since 3.13 nobody asks whether anything is current: a detached thread dereferences NULL.
      const saved = program.keep('tstate', vocabulary.threadStateOrNone, currentFor(caller))
      detach(caller, saved)
      return saved
    }
    const saved = program.keep('tstate', vocabulary.threadStateOrNone, swapOut(caller, 'PyEval_SaveThread'))
    program.fatalIf(isNoThreadState(runtime, saved), fatalMessage(policy, 'SaveThread: NULL'), ceval('PyEval_SaveThread'))
    const records = recordsOf(caller, saved, policy.saveThreadRecords)
    if (records.length > 0) {
      program.step('records what it lets go', undefined, { aborts: dereferences(caller, saved), assign: records })
    }
    whenTheGilExists(caller, () => dropGil(caller, saved, { forAThreadState: true }))
    return saved
  })
}

/** `PyEval_RestoreThread`: takes the GIL, then makes the thread state current. 3.2.0 checks nothing else; 3.2.1 to 3.8 end a late thread. */
export function restoreThread(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime, thread } = caller
  const { policy } = runtime
  program.procedure('PyEval_RestoreThread', () => {
    if (policy.attaching === 'attaches') return attach(caller, threadState)
    program.fatalIf(isNoThreadState(runtime, threadState), fatalMessage(policy, 'RestoreThread: NULL'), ceval('PyEval_RestoreThread'))
    whenTheGilExists(caller, () => {
      takeGil(caller, threadState)
      if (['in-restore', 'in-restore-and-loop', 'in-every-attach'].includes(policy.lateThreadIsNoticed))
        endLateAfterTaking(caller, threadState)
    })
    swapIn(caller, threadState)
    if (!policy.restoreThreadForgets) return
    program.step('forgets what SaveThread recorded', undefined, [
      assign(runtime.currentInterpreter.at(thread), noInterpreter(runtime)),
      assign(runtime.currentInterpreterIsCleared.at(thread), falsehood),
    ])
  })
}

/** `PyEval_AcquireThread`: takes the GIL and makes the thread state current; fatal if one was current already. */
export function acquireThread(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime } = caller
  const { policy } = runtime
  program.procedure('PyEval_AcquireThread', () => {
    if (policy.attaching === 'attaches') return attach(caller, threadState)
    program.fatalIf(isNoThreadState(runtime, threadState), fatalMessage(policy, 'AcquireThread: NULL'), ceval('PyEval_AcquireThread'))
    if (policy.debug && runtime.createsTheGil) assertionFails(caller, not(runtime.gilExists.at()), 'gil_created()')
    takeGil(caller, threadState)
    if (policy.lateThreadIsNoticed === 'in-every-attach') endLateAfterTaking(caller, threadState)
    const old = swapIn(caller, threadState)
    program.fatalIf(not(equal(old, noThreadState(runtime))), fatalMessage(policy, 'AcquireThread: attached'), ceval('PyEval_AcquireThread'))
  })
}

/** `PyEval_ReleaseThread`: fatal unless the thread state is the current one; then nothing is current and the GIL is dropped. */
export function releaseThread(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime } = caller
  const { policy } = runtime
  program.procedure('PyEval_ReleaseThread', () => {
    // Since 3.13 only a debug build compares it with the current one.
    if (policy.attaching === 'attaches') {
      // is_tstate_valid, which takes NULL for freed memory.
      if (policy.debug) assertionFails(caller, isNoThreadState(runtime, threadState), '!_PyMem_IsPtrFreed(tstate)')
      return detach(caller, threadState)
    }
    if (policy.messages === 'of-3.2') {
      program.fatalIf(isNoThreadState(runtime, threadState), fatalMessage(policy, 'ReleaseThread: NULL'), ceval('PyEval_ReleaseThread'))
    } else if (policy.attaching === 'takes-and-swaps') {
      program.step('looks at the thread state', ceval('PyEval_ReleaseThread'), { aborts: dereferences(caller, threadState) })
    }
    const old = swapOut(caller, 'PyEval_ReleaseThread')
    program.fatalIf(not(equal(old, threadState)), fatalMessage(policy, 'ReleaseThread: wrong'), ceval('PyEval_ReleaseThread'))
    dropGil(caller, threadState, { forAThreadState: true })
  })
}
