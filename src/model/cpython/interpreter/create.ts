import type { Assignment } from '../../language/action.ts'
import type { Place, Term } from '../../language/builder.ts'
import { assign, falsehood, member, none, not } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen } from '../../program/program-builder.ts'
import type { Caller } from '../caller.ts'
import { dereferences } from '../caller.ts'
import { currentFor } from '../current.ts'
import { fatalMessage } from '../fatal-messages.ts'
import { dropGil } from '../gil/drop-gil.ts'
import { takeGil } from '../gil/take-gil.ts'
import { isNoThreadState, noThreadState } from '../runtime-state.ts'
import { attach, detach } from '../thread-state/attach.ts'
import { newThreadState } from '../thread-state/create.ts'
import { swapIn } from '../thread-state/swap.ts'
import type { Interpreter, ThreadState } from '../vocabulary.ts'

const pystate = sourceFile('3.2', 'Python/pystate.c')
const pylifecycle = sourceFile('3.12', 'Python/pylifecycle.c')

/** `PyInterpreterState_New`: an interpreter without thread states. Which one it is, the client names. */
export function newInterpreterState(caller: Caller, interpreter: Term<Interpreter>, ownGil = false): void {
  const { program, runtime } = caller
  program.procedure('PyInterpreterState_New', () => {
    program.step('makes an interpreter', pystate('PyInterpreterState_New'), [
      assign(runtime.interpreters.life.at(interpreter), member(runtime.vocabulary.life, 'alive')),
      ...(runtime.policy.gils === 'one' ? [] : gilOfNew(caller, interpreter, ownGil)),
      ...fieldsOfNew(caller, interpreter),
    ])
  })
}

/** The main interpreter's GIL, or a free one of its own. */
function gilOfNew({ runtime }: Caller, interpreter: Term<Interpreter>, ownGil: boolean): readonly Assignment[] {
  const { gils, interpreters, vocabulary } = runtime
  const main: Term<Interpreter> = runtime.restarts ? runtime.finalization.autoInterpreter.at() : runtime.main
  const shared = assign(interpreters.gil.at(interpreter), ownGil ? interpreter : main)
  if (!ownGil) return [shared]
  return [
    shared,
    assign(gils.locked.at(interpreter), falsehood),
    assign(gils.owner.at(interpreter), none(vocabulary.osThreadOrNone)),
    assign(gils.holder.at(interpreter), none(vocabulary.threadStateOrNone)),
  ]
}

/** What the releases keep in an interpreter, as it is at first. */
function fieldsOfNew({ runtime }: Caller, interpreter: Term<Interpreter>): readonly Assignment[] {
  const { interpreters, policy, vocabulary, finalizes, dropsOthers } = runtime
  const asksInterpreters = policy.dropRequests === 'those-in-the-interpreter-of-the-waiter'
  const nothing = none(vocabulary.threadStateOrNone)
  return [
    ...(asksInterpreters ? [assign(interpreters.dropRequest.at(interpreter), falsehood)] : []),
    ...(policy.firstThreadStateIsReused ? [] : [assign(interpreters.firstIsUsed.at(interpreter), falsehood)]),
    ...(dropsOthers ? [assign(interpreters.keeps.at(interpreter), nothing)] : []),
    ...(policy.guards ? [assign(interpreters.guardsAreClosed.at(interpreter), falsehood)] : []),
    ...(finalizes && policy.lateThreadIsNoticed === 'in-take-gil-by-thread'
      ? [assign(interpreters.finalizing.at(interpreter), nothing)]
      : []),
  ]
}

/**
 * `Py_NewInterpreter`, and `Py_NewInterpreterFromConfig` with a GIL of its own (3.12): makes an interpreter with one thread state and makes
 * that current. Up to 3.11 the GIL must be held and stays held; since 3.12 the caller's thread state is detached and the new one attached.
 * Python/pythonrun.c (3.2), Python/pylifecycle.c new_interpreter (3.12). Start-up code is left out: it runs Python as any client does.
 */
export function newInterpreter(caller: Caller, interpreter: Term<Interpreter>, ownGil = false): Place<ThreadState> {
  const { program, runtime } = caller
  if (!ownGil) {
    return program.procedure('Py_NewInterpreter', () => {
      if (runtime.finalizes) refuseBeforeInitialization(caller)
      return createInterpreter(caller, interpreter, false)
    })
  }
  return program.procedure('Py_NewInterpreterFromConfig', () => {
    if (!runtime.finalizes) return createInterpreter(caller, interpreter, true)
    // It returns a status, and NULL, where Py_NewInterpreter is fatal.
    const result = program.keep('tstate', runtime.vocabulary.threadStateOrNone, noThreadState(runtime))
    program.when(
      runtime.finalization.isInitialized.at(),
      () => program.quietly([assign(result, createInterpreter(caller, interpreter, true))]),
      () => undefined,
      'the runtime is initialized',
      pylifecycle('new_interpreter'),
    )
    return result
  })
}

function createInterpreter(caller: Caller, interpreter: Term<Interpreter>, ownGil: boolean): Place<ThreadState> {
  const { program, runtime } = caller
  const { policy, vocabulary } = runtime
  if (policy.check === 'enabled-until-sub-interpreter' || policy.check === 'needs-a-thread-state')
    program.step('disables PyGILState_Check', undefined, [assign(runtime.checkIsEnabled.at(), falsehood)])
  newInterpreterState(caller, interpreter, ownGil)
  if (policy.attaching === 'takes-and-swaps') {
    const made = program.keep('tstate', vocabulary.threadStateOrNone, newThreadState(caller, interpreter))
    swapIn(caller, made)
    return made
  }
  const before = program.keep('save_tstate', vocabulary.threadStateOrNone, currentFor(caller))
  const somethingWas = not(isNoThreadState(runtime, before))
  if (policy.attaching === 'attaches') program.when(somethingWas, () => detach(caller, before))
  const made = program.keep('tstate', vocabulary.threadStateOrNone, newThreadState(caller, interpreter))
  if (policy.attaching === 'attaches') {
    attach(caller, made)
    return made
  }
  swapIn(caller, made)
  program.when(somethingWas, () => {
    program.step('looks at its old thread state', pylifecycle('new_interpreter'), { aborts: dereferences(caller, before) })
    dropGil(caller, before, { forAThreadState: true })
  })
  takeGil(caller, made)
  return made
}

/** There is no sub-interpreter without a main one: fatal, since 3.7 by way of a status that `Py_NewInterpreter` exits with. */
function refuseBeforeInitialization({ program, runtime }: Caller): void {
  const { policy, finalization } = runtime
  const error = policy.gilIsCreated === 'on-demand' ? 'NewInterpreter: not initialized' : 'NewInterpreter: status'
  program.step('looks whether the runtime is initialized', pylifecycle('new_interpreter'), {
    aborts: [fatalWhen(not(finalization.isInitialized.at()), fatalMessage(policy, error))],
  })
}
