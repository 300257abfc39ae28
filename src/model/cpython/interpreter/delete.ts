import type { Term } from '../../language/builder.ts'
import { and, assign, conditional, equal, exists, literal, member, not, or, unequal } from '../../language/builder.ts'
import { firstMember, highestValue } from '../../language/domain.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { AbortClause } from '../../program/statement.ts'
import type { Caller } from '../caller.ts'
import { dereferencesInterpreter } from '../caller.ts'
import { currentFor } from '../current.ts'
import { assertion, slotInWords } from '../debug.ts'
import { fatalMessage } from '../fatal-messages.ts'
import { mainInterpreters } from '../finalization/lives.ts'
import { dropGil } from '../gil/drop-gil.ts'
import { interpreterIsAlive, isAlive, isNoThreadState, noThreadState } from '../runtime-state.ts'
import { everyInterpreter, hasInterpreterSlots, hasThreadSlot } from '../slots.ts'
import { detach } from '../thread-state/attach.ts'
import { onlyKept } from '../thread-state/list.ts'
import { swapOut } from '../thread-state/swap.ts'
import type { Interpreter, ThreadState } from '../vocabulary.ts'

const pystate = sourceFile('3.2', 'Python/pystate.c')

/**
 * `PyInterpreterState_Delete`: frees the interpreter's thread states, whoever uses them, then the interpreter (a thread state is alive only
 * while its interpreter is). Emptied are only the slots of the calling thread; where an interpreter has a key of its own (Pitrou), deleting the key empties every thread's slot for it.
 */
export function deleteInterpreter(caller: Caller, interpreter: Term<Interpreter>): void {
  const { program, runtime, thread } = caller
  const { threadStates, interpreters, vocabulary, policy } = runtime
  const current = currentFor(caller)
  const freed = member(vocabulary.life, 'freed')
  const keyGoes = policy.interpreterSlotsGoWithTheirInterpreter
  const everyThread = Array.from({ length: highestValue(vocabulary.osThread) + 1 }, (_, i) =>
    literal(vocabulary.osThread, firstMember(vocabulary.osThread) + i),
  )
  program.procedure('PyInterpreterState_Delete', () => {
    if (policy.interpreterDeletion === 'detaches') detachFromIt(caller, interpreter)
    const belongs = (threadState: Term<ThreadState>) => equal(threadStates.interpreter.at(threadState), interpreter)
    const currentIsInIt = and(not(isNoThreadState(runtime, current)), belongs(current))
    // Since 3.12 deleting a thread state that is in anybody's slot empties the slot of the thread that deletes it.
    const isBound = exists('bound', vocabulary.threadState, (other) =>
      and(isAlive(runtime, other), equal(threadStates.interpreter.at(other), interpreter), threadStates.isBound.at(other)),
    )
    const slotGoes = (here: Term<ThreadState>): Term<ThreadState> =>
      policy.slotIsBound === 'when-attached'
        ? conditional(isBound, noThreadState(runtime), here)
        : conditional(or(isNoThreadState(runtime, here), not(belongs(here))), here, noThreadState(runtime))
    program.step('frees the thread states of the interpreter, and the interpreter', pystate('PyInterpreterState_Delete'), {
      aborts: [
        ...dereferencesInterpreter(caller, interpreter),
        ...(policy.interpreterDeletion === 'is-fatal-if-current'
          ? [fatalWhen(currentIsInIt, fatalMessage(policy, 'Delete: current'))]
          : []),
        ...refusesWhileOthersLive(caller, interpreter),
        ...assertsTheirSlots(caller, interpreter),
      ],
      assign: [
        ...(policy.interpreterDeletion === 'clears-the-current' ? [assign(current, noThreadState(runtime))] : []),
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
        ...onlyKept(runtime, undefined, interpreter),
        assign(interpreters.life.at(interpreter), freed),
      ],
    })
  })
}

/** Since 3.7 the main interpreter is deleted last. Only finalization deletes it. */
function refusesWhileOthersLive({ runtime }: Caller, interpreter: Term<Interpreter>): readonly AbortClause[] {
  const { policy, finalizes } = runtime
  if (!finalizes || policy.subInterpretersAtFinalization === 'are-left') return []
  const isMain = or(...mainInterpreters(runtime).map((main) => equal(interpreter, main)))
  const isOther = everyInterpreter(runtime).map((other) => and(unequal(other, interpreter), interpreterIsAlive(runtime, other)))
  return [fatalWhen(and(isMain, or(...isOther)), fatalMessage(policy, 'InterpreterDelete: sub-interpreters'))]
}

/** A debug build asserts that thread states which are in a slot are in that of the thread that deletes them. Python/pystate.c (3.13). */
function assertsTheirSlots({ runtime, thread }: Caller, interpreter: Term<Interpreter>): readonly AbortClause[] {
  if (!runtime.assertsClearing) return []
  const { threadStates, vocabulary } = runtime
  const isInAnothersSlot = exists('bound', vocabulary.threadState, (other) =>
    and(
      isAlive(runtime, other),
      equal(threadStates.interpreter.at(other), interpreter),
      threadStates.isBound.at(other),
      unequal(runtime.slot.at(thread), other),
    ),
  )
  return [assertion(isInAnothersSlot, `tstate == ${slotInWords(runtime)}`)]
}

/** A thread that deletes the interpreter it is attached to lets go of it first, and of its GIL (3.12). */
function detachFromIt(caller: Caller, interpreter: Term<Interpreter>): void {
  const { program, runtime } = caller
  const current = currentFor(caller)
  const isIn = and(not(isNoThreadState(runtime, current)), equal(runtime.threadStates.interpreter.at(current), interpreter))
  program.when(isIn, () => {
    const self = program.keep('tcur', runtime.vocabulary.threadStateOrNone, current)
    if (runtime.policy.attaching === 'attaches') return detach(caller, self)
    swapOut(caller, 'Py_EndInterpreter')
    dropGil(caller, self, { forAThreadState: false })
  })
}

/** `PyInterpreterState_Clear`: clears its thread states and drops what it refers to. Nothing that the models keep changes. */
export function clearInterpreter(caller: Caller, interpreter: Term<Interpreter>): void {
  caller.program.procedure('PyInterpreterState_Clear', () =>
    caller.program.step('clears the interpreter', pystate('PyInterpreterState_Clear'), {
      aborts: dereferencesInterpreter(caller, interpreter),
    }),
  )
}
