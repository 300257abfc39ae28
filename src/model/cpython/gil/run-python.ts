import type { Formula, Term } from '../../language/builder.ts'
import { assign, equal, event, not } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { dereferences, dereferencesInterpreter, holdsTheGil } from '../caller.ts'
import { noThreadState } from '../runtime-state.ts'
import { swapIn, swapOut } from '../thread-state/swap.ts'
import type { Interpreter } from '../vocabulary.ts'
import { dropGil } from './drop-gil.ts'
import { takeGil } from './take-gil.ts'

const ceval = sourceFile('3.2', 'Python/ceval.c')

/** Events of running Python code, for properties. */
export const runsPython = 'runs Python code'
export const runsInTheWrongInterpreter = 'runs Python code in the wrong interpreter'
export const runsWithoutTheGil = 'runs Python code without the GIL'
export const runsOnAnotherThreadsState = 'runs Python code with a thread state of another OS thread'

/**
 * Runs Python code that belongs to `home`, as a callback body or a script does; where another thread asked for the GIL the eval loop drops
 * it and takes it back: `PyEval_EvalFrameEx` (3.2). The loop reads the current thread state once, when it begins.
 */
export function runPython(caller: Caller, home: Term<Interpreter>): void {
  const { program, runtime } = caller
  const { current, threadStates, gil } = runtime
  program.procedure('PyEval_EvalFrameEx', () => {
    const self = program.local('tstate', runtime.vocabulary.threadStateOrNone)
    const inHome: Formula = equal(threadStates.interpreter.at(current.at()), home)
    const mine: Formula = equal(threadStates.osThread.at(current.at()), caller.thread)
    program.step('runs Python code', ceval('PyEval_EvalFrameEx'), {
      aborts: [...dereferences(caller, current.at()), ...dereferencesInterpreter(caller, threadStates.interpreter.at(current.at()))],
      events: [
        event(runsPython),
        event(runsInTheWrongInterpreter, not(inHome)),
        event(runsWithoutTheGil, not(holdsTheGil(caller))),
        event(runsOnAnotherThreadsState, not(mine)),
      ],
      assign: [assign(self, current.at())],
    })
    program.when(
      gil.dropRequest.at(),
      () => {
        const dropped = swapOut(caller, 'PyEval_SaveThread')
        program.fatalIf(not(equal(dropped, self)), 'ceval: tstate mix-up', ceval('PyEval_EvalFrameEx'))
        dropGil(caller, { forAThreadState: true })
        takeGil(caller, self)
        const found = swapIn(caller, self)
        program.fatalIf(not(equal(found, noThreadState(runtime))), 'ceval: orphan tstate', ceval('PyEval_EvalFrameEx'))
      },
      () => undefined,
      'is asked for the GIL',
      ceval('PyEval_EvalFrameEx'),
    )
  })
}
