import type { Assignment } from '../../language/action.ts'
import type { Term } from '../../language/builder.ts'
import { assign, falsehood, member, none, not, truth } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { currentFor } from '../current.ts'
import { takeGil } from '../gil/take-gil.ts'
import { newInterpreterState } from '../interpreter/create.ts'
import { noThreadState } from '../runtime-state.ts'
import { attach } from '../thread-state/attach.ts'
import { newThreadState } from '../thread-state/create.ts'
import { swapIn } from '../thread-state/swap.ts'
import type { ThreadState } from '../vocabulary.ts'
import { mainInterpreterAgain } from '../vocabulary.ts'

const pythonrun = sourceFile('3.2', 'Python/pythonrun.c')
const pylifecycle = sourceFile('3.13', 'Python/pylifecycle.c')

/**
 * `Py_Initialize` after `Py_FinalizeEx`: the runtime's second life, with a main interpreter of its own name, a new thread state that is
 * current, and a new GIL, taken by the caller. Does nothing while the runtime is initialized. There is no third life.
 */
export function initialize(caller: Caller): void {
  const { program, runtime } = caller
  const { policy, finalization, vocabulary } = runtime
  if (!runtime.restarts) throw new TypeError('initialize: a scenario with a second life says so')
  const main = member(vocabulary.interpreter, mainInterpreterAgain)
  program.procedure('Py_InitializeEx', () => {
    program.when(not(finalization.isInitialized.at()), () => {
      program.step('begins a new life', pythonrun('Py_InitializeEx'), [
        assign(finalization.finalizing.at(), noThreadState(runtime)),
        assign(finalization.finalizingThread.at(), none(vocabulary.osThreadOrNone)),
        assign(finalization.keyExists.at(), truth),
        assign(runtime.checkIsEnabled.at(), truth),
      ])
      newInterpreterState(caller, main, true)
      program.step('is where fresh threads go', pythonrun('_PyGILState_Init'), [assign(finalization.autoInterpreter.at(), main)])
      const self = program.keep('tstate', vocabulary.threadStateOrNone, newThreadState(caller, main))
      if (policy.attaching === 'attaches') attach(caller, self)
      else {
        if (policy.attaching === 'swap-takes') swapIn(caller, self)
        else program.step('makes the thread state current', pythonrun('Py_InitializeEx'), [assign(currentFor(caller), self)])
        createGil(caller, self)
      }
      program.step('is initialized', pylifecycle('Py_InitializeEx'), [
        assign(finalization.isInitialized.at(), truth),
        ...mainOf(caller, self),
      ])
    })
  })
}

/** What was locked for ever is destroyed, and a new GIL made and taken; up to 3.6 only `PyEval_InitThreads` makes it. */
function createGil(caller: Caller, self: Term<ThreadState>): void {
  const { program, runtime } = caller
  const { gil, policy, vocabulary } = runtime
  // The lock of 2.7 stays as it is: locked.
  if (policy.dropOfUnlockedGil === 'is-undefined') return
  if (policy.gils === 'one') {
    program.step('destroys the old GIL', pythonrun('Py_InitializeEx'), [
      assign(gil.locked.at(), runtime.createsTheGil ? truth : falsehood),
      assign(gil.owner.at(), none(vocabulary.osThreadOrNone)),
      assign(gil.dropRequest.at(), falsehood),
      ...(runtime.createsTheGil ? [assign(runtime.gilExists.at(), falsehood)] : []),
    ])
  }
  if (!runtime.createsTheGil) takeGil(caller, self)
}

/** `runtime->main_tstate` and `runtime->main_thread`. */
function mainOf({ runtime, thread }: Caller, self: Term<ThreadState>): readonly Assignment[] {
  const { mainThreadState, mainThread } = runtime.finalization
  return [assign(mainThreadState.at(), self), assign(mainThread.at(), thread)]
}
