import type { Term } from '../../language/builder.ts'
import { and, assign, conditional, count, equal, integer, less, literal, member, not, or, unequal } from '../../language/builder.ts'
import { firstMember, highestValue } from '../../language/domain.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { Caller } from '../caller.ts'
import { dereferences, dereferencesInterpreter } from '../caller.ts'
import { isAlive, isNoThreadState, noThreadState } from '../runtime-state.ts'
import { everyInterpreter, hasInterpreterSlots, hasThreadSlot } from '../slots.ts'
import { swapOut } from '../thread-state/swap.ts'
import type { Interpreter, ThreadState } from '../vocabulary.ts'

const pythonrun = sourceFile('3.2', 'Python/pythonrun.c')
const pystate = sourceFile('3.2', 'Python/pystate.c')

/**
 * `Py_EndInterpreter(threadState)`: fatal unless the thread state is current and the only one of its interpreter; then nothing is current
 * any more and **the GIL stays locked**: the caller must swap another thread state in.
 */
export function endInterpreter(caller: Caller, threadState: Term<ThreadState>): void {
  const { program, runtime } = caller
  const { current, threadStates, vocabulary } = runtime
  program.procedure('Py_EndInterpreter', () => {
    program.step('checks that the thread state is current', pythonrun('Py_EndInterpreter'), {
      aborts: [fatalWhen(unequal(threadState, current.at()), 'Py_EndInterpreter: thread is not current')],
    })
    const interpreter = program.local('interp', vocabulary.interpreterOrNone)
    const there = threadStates.interpreter.at(threadState)
    const inIt = count('other', vocabulary.threadState, (other) =>
      and(isAlive(runtime, other), equal(threadStates.interpreter.at(other), there)),
    )
    program.step('checks that it is the last of its interpreter', pythonrun('Py_EndInterpreter'), {
      aborts: [...dereferences(caller, threadState), fatalWhen(less(integer(1), inIt), 'Py_EndInterpreter: not the last thread')],
      assign: [assign(interpreter, there)],
    })
    swapOut(caller, 'Py_EndInterpreter')
    deleteInterpreter(caller, interpreter)
  })
}

/**
 * `PyInterpreterState_Delete`: frees the interpreter's thread states, whoever uses them, then the interpreter (a thread state is alive only
 * while its interpreter is). Emptied are only the slots of the calling thread; where an interpreter has a key of its own (Pitrou), deleting the key empties every thread's slot for it.
 */
export function deleteInterpreter(caller: Caller, interpreter: Term<Interpreter>): void {
  const { program, runtime, thread } = caller
  const { current, threadStates, interpreters, vocabulary, policy } = runtime
  const freed = member(vocabulary.life, 'freed')
  const keyGoes = policy.interpreterSlotsGoWithTheirInterpreter
  const everyThread = Array.from({ length: highestValue(vocabulary.osThread) + 1 }, (_, i) =>
    literal(vocabulary.osThread, firstMember(vocabulary.osThread) + i),
  )
  program.procedure('PyInterpreterState_Delete', () => {
    const belongs = (threadState: Term<ThreadState>) => equal(threadStates.interpreter.at(threadState), interpreter)
    const currentIsInIt = and(not(isNoThreadState(runtime, current.at())), belongs(current.at()))
    const slotGoes = (here: Term<ThreadState>): Term<ThreadState> =>
      conditional(or(isNoThreadState(runtime, here), not(belongs(here))), here, noThreadState(runtime))
    program.step('frees the thread states of the interpreter, and the interpreter', pystate('PyInterpreterState_Delete'), {
      aborts: [...dereferencesInterpreter(caller, interpreter), fatalWhen(currentIsInIt, 'PyThreadState_Delete: tstate is still current')],
      assign: [
        ...(hasThreadSlot(runtime) ? [assign(runtime.slot.at(thread), slotGoes(runtime.slot.at(thread)))] : []),
        ...(hasInterpreterSlots(runtime)
          ? (keyGoes ? everyThread : [thread]).flatMap((owner) =>
              everyInterpreter(runtime).map((other) =>
                assign(
                  runtime.interpreterSlot.at(owner, other),
                  conditional(equal(other, interpreter), noThreadState(runtime), runtime.interpreterSlot.at(owner, other)),
                ),
              ),
            )
          : []),
        assign(interpreters.life.at(interpreter), freed),
      ],
    })
  })
}
