import type { Place, Term } from '../../language/builder.ts'
import { assign, equal, falsehood, not } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { dereferences } from '../caller.ts'
import { dropGil } from '../gil/drop-gil.ts'
import { takeGil } from '../gil/take-gil.ts'
import { isNoThreadState, noInterpreter, noThreadState } from '../runtime-state.ts'
import type { ThreadState } from '../vocabulary.ts'
import { recordsOf, swapIn, swapOut } from './swap.ts'

const ceval = sourceFile('3.2', 'Python/ceval.c')

/** `PyEval_SaveThread`: nothing is current any more, then the GIL is dropped. Returns the thread state that was current. */
export function saveThread(caller: Caller): Place<ThreadState> {
  const { program, runtime } = caller
  return program.procedure('PyEval_SaveThread', () => {
    const saved = program.keep('tstate', runtime.vocabulary.threadStateOrNone, swapOut(caller, 'PyEval_SaveThread'))
    program.fatalIf(isNoThreadState(runtime, saved), 'PyEval_SaveThread: NULL tstate', ceval('PyEval_SaveThread'))
    const records = recordsOf(caller, saved, runtime.policy.saveThreadRecords)
    if (records.length > 0) {
      program.step('records what it lets go', undefined, { aborts: dereferences(caller, saved), assign: records })
    }
    dropGil(caller, { forAThreadState: true })
    return saved
  })
}

/** `PyEval_RestoreThread`: takes the GIL, then makes the thread state current. 3.2.0 checks nothing else. */
export function restoreThread(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime, thread } = caller
  program.procedure('PyEval_RestoreThread', () => {
    program.fatalIf(isNoThreadState(runtime, threadState), 'PyEval_RestoreThread: NULL tstate', ceval('PyEval_RestoreThread'))
    takeGil(caller, threadState)
    swapIn(caller, threadState)
    if (!runtime.policy.restoreThreadForgets) return
    program.step('forgets what SaveThread recorded', undefined, [
      assign(runtime.currentInterpreter.at(thread), noInterpreter(runtime)),
      assign(runtime.currentInterpreterIsCleared.at(thread), falsehood),
    ])
  })
}

/** `PyEval_AcquireThread`: takes the GIL and makes the thread state current; fatal if one was current already. */
export function acquireThread(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime } = caller
  program.procedure('PyEval_AcquireThread', () => {
    program.fatalIf(isNoThreadState(runtime, threadState), 'PyEval_AcquireThread: NULL new thread state', ceval('PyEval_AcquireThread'))
    takeGil(caller, threadState)
    const old = swapIn(caller, threadState)
    program.fatalIf(
      not(equal(old, noThreadState(runtime))),
      'PyEval_AcquireThread: non-NULL old thread state',
      ceval('PyEval_AcquireThread'),
    )
  })
}

/** `PyEval_ReleaseThread`: fatal unless the thread state is the current one; then nothing is current and the GIL is dropped. */
export function releaseThread(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime } = caller
  program.procedure('PyEval_ReleaseThread', () => {
    program.fatalIf(isNoThreadState(runtime, threadState), 'PyEval_ReleaseThread: NULL thread state', ceval('PyEval_ReleaseThread'))
    const old = swapOut(caller, 'PyEval_ReleaseThread')
    program.fatalIf(not(equal(old, threadState)), 'PyEval_ReleaseThread: wrong thread state', ceval('PyEval_ReleaseThread'))
    dropGil(caller, { forAThreadState: true })
  })
}
