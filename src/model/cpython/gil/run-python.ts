import type { Formula, Place, Term } from '../../language/builder.ts'
import { and, assign, equal, event, not } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { dereferences, dereferencesInterpreter, holdsTheGil } from '../caller.ts'
import { currentFor } from '../current.ts'
import { allocates } from '../debug.ts'
import { fatalMessage } from '../fatal-messages.ts'
import { endLateAfterTaking } from '../finalization/late-thread.ts'
import { noThreadState } from '../runtime-state.ts'
import { attach, detach } from '../thread-state/attach.ts'
import { swapIn, swapOut } from '../thread-state/swap.ts'
import type { Interpreter, ThreadState } from '../vocabulary.ts'
import { dropGil } from './drop-gil.ts'
import { requestSeenBy } from './gil.ts'
import { takeGil } from './take-gil.ts'

const ceval = sourceFile('3.2', 'Python/ceval.c')

/** Events of running Python code, for properties. */
export const runsPython = 'runs Python code'
export const runsInTheWrongInterpreter = 'runs Python code in the wrong interpreter'
export const runsWithoutTheGil = 'runs Python code without the GIL'
export const runsOnAnotherThreadsState = 'runs Python code with a thread state of another OS thread'
export const runsInADyingRuntime = 'runs Python code while another thread finalizes the runtime'

/**
 * Runs Python code that belongs to `home`, as a callback body or a script does; where another thread asked for the GIL the eval loop drops
 * it and takes it back: `PyEval_EvalFrameEx` (3.2). The loop reads the current thread state once, when it begins.
 */
export function runPython(caller: Caller, home: Term<Interpreter>): void {
  const { program, runtime } = caller
  const { threadStates } = runtime
  const current = currentFor(caller)
  program.procedure('PyEval_EvalFrameEx', () => {
    const self = program.local('tstate', runtime.vocabulary.threadStateOrNone)
    const inHome: Formula = equal(threadStates.interpreter.at(current), home)
    const mine: Formula = equal(threadStates.osThread.at(current), caller.thread)
    allocates(caller)
    program.step('runs Python code', ceval('PyEval_EvalFrameEx'), {
      aborts: [...dereferences(caller, current), ...dereferencesInterpreter(caller, threadStates.interpreter.at(current))],
      events: [
        event(runsPython),
        event(runsInTheWrongInterpreter, not(inHome)),
        event(runsWithoutTheGil, not(holdsTheGil(caller))),
        event(runsOnAnotherThreadsState, not(mine)),
        ...(runtime.finalizes ? [event(runsInADyingRuntime, isFinalizedByAnother(caller))] : []),
      ],
      assign: [assign(self, current)],
    })
    yieldIfAsked(caller, self)
  })
}

function isFinalizedByAnother({ runtime, thread }: Caller): Formula {
  const { finalizing, finalizingThread } = runtime.finalization
  return and(not(equal(finalizing.at(), noThreadState(runtime))), not(equal(finalizingThread.at(), thread)))
}

/** What the eval loop does between instructions: `self` is the thread state it runs with. */
function yieldIfAsked(caller: Caller, self: Place<ThreadState>): void {
  const { program, runtime } = caller
  const asked = requestSeenBy(runtime, self)
  if (asked === undefined) {
    program.choose([{ do: () => undefined }, { says: 'has run long enough', do: () => yieldGil(caller, self) }])
    return
  }
  program.when(
    asked,
    () => yieldGil(caller, self),
    () => undefined,
    'is asked for the GIL',
    ceval('PyEval_EvalFrameEx'),
  )
}

/** Lets others have the GIL and takes it back; finalization ends a late thread here as well since 3.4.2. */
function yieldGil(caller: Caller, self: Place<ThreadState>): void {
  const { program, runtime } = caller
  const { policy } = runtime
  if (policy.attaching === 'attaches') {
    detach(caller, self)
    attach(caller, self)
    return
  }
  const dropped = swapOut(caller, 'PyEval_SaveThread')
  program.fatalIf(not(equal(dropped, self)), fatalMessage(policy, 'ceval: mix-up'), ceval('PyEval_EvalFrameEx'))
  dropGil(caller, self, { forAThreadState: true })
  takeGil(caller, self)
  if (policy.lateThreadIsNoticed === 'in-restore-and-loop' || policy.lateThreadIsNoticed === 'in-every-attach')
    endLateAfterTaking(caller, self)
  const found = swapIn(caller, self)
  program.fatalIf(not(equal(found, noThreadState(runtime))), fatalMessage(policy, 'ceval: orphan'), ceval('PyEval_EvalFrameEx'))
}
