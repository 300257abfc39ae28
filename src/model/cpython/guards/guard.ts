import type { ActionEvent } from '../../language/action.ts'
import type { Formula, Place, Term } from '../../language/builder.ts'
import {
  add,
  and,
  assign,
  conditional,
  equal,
  event,
  falsehood,
  integer,
  isNone,
  not,
  subtract,
  truth,
  unequal,
} from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import { fatalWhen, undefinedWhen } from '../../program/program-builder.ts'
import type { AbortClause } from '../../program/statement.ts'
import type { Caller } from '../caller.ts'
import { dereferencesInterpreter } from '../caller.ts'
import { currentFor } from '../current.ts'
import type { RuntimeState } from '../runtime-state.ts'
import { interpreterIsAlive, noInterpreter } from '../runtime-state.ts'
import type { Interpreter } from '../vocabulary.ts'
import { usesNoThreadState } from './null-current.ts'
import { interpreterOfView } from './view.ts'

const pystate = sourceFile('3.15', 'Python/pystate.c')
const pylifecycle = sourceFile('3.15', 'Python/pylifecycle.c')

/** Events of guards, for properties. */
export const guardIsTaken = 'a finalization guard is taken'
export const guardIsRefused = 'a finalization guard is refused'
export const guardIsTakenFromView = 'a finalization guard is taken from a view'
export const viewLeadsElsewhere = 'a view leads to another interpreter than it was made from'

/** The words are ours: the first revision of PEP 788 says that this fails fatally, not how. */
const tooLateMessage = 'PyInterpreterState_Hold: the interpreter ends'

/**
 * `PyInterpreterGuard_FromCurrent`: counts one more guard of the attached interpreter, unless there may be no more; then none, and a
 * PythonFinalizationError. A guard is known here by the interpreter it guards. Crashes in a thread that is not attached.
 */
export function guardFromCurrent(caller: Caller): Place<Interpreter> {
  const { program, runtime } = caller
  const there = runtime.threadStates.interpreter.at(currentFor(caller))
  return program.procedure('PyInterpreterGuard_FromCurrent', () =>
    tryToTake(caller, there, [
      ...usesNoThreadState(caller),
      ...dereferencesInterpreter(caller, there),
      ...(runtime.policy.guardedEnsure.refusedGuard === 'is-fatal' ? [fatalWhen(not(isGuardable(runtime, there)), tooLateMessage)] : []),
    ]),
  )
}

/**
 * `PyInterpreterGuard_FromView`: the same for the interpreter with the id of the view, none without an exception where it is gone or may
 * have no more guards. Looking it up and counting are one step: unlinking an interpreter needs the same lock. Needs no thread state.
 */
export function guardFromView(caller: Caller, view: Term<Interpreter>): Place<Interpreter> {
  const { program, runtime } = caller
  const there = interpreterOfView(runtime, view)
  const may = isGuardable(runtime, there)
  return program.procedure('PyInterpreterGuard_FromView', () =>
    tryToTake(
      caller,
      there,
      [undefinedWhen(isNone(view, runtime.vocabulary.interpreterOrNone), 'a NULL view is used')],
      [event(guardIsTakenFromView, may), event(viewLeadsElsewhere, and(may, unequal(there, view)))],
    ),
  )
}

/** There is such an interpreter, and its end has not begun. */
function isGuardable(runtime: RuntimeState, interpreter: Term<Interpreter>): Formula {
  return and(interpreterIsAlive(runtime, interpreter), not(runtime.interpreters.guardsAreClosed.at(interpreter)))
}

/** `try_acquire_interp_guard`. */
function tryToTake(
  { program, runtime }: Caller,
  interpreter: Term<Interpreter>,
  aborts: readonly AbortClause[],
  events: readonly ActionEvent[] = [],
): Place<Interpreter> {
  const { guards } = runtime.interpreters
  const guard = program.local('guard', runtime.vocabulary.interpreterOrNone)
  const may = isGuardable(runtime, interpreter)
  const count = guards.at(interpreter)
  program.step('takes a guard, unless there may be no more', pystate('try_acquire_interp_guard'), {
    aborts,
    events: [event(guardIsTaken, may), event(guardIsRefused, not(may)), ...events],
    assign: [
      assign(guard, conditional(may, interpreter, noInterpreter(runtime))),
      assign(count, conditional(may, add(count, integer(1)), count)),
    ],
  })
  return guard
}

/**
 * `PyInterpreterGuard_Close`: counts one guard less, which wakes the thread that finalizes when it was the last. Any thread may, attached or
 * not. Closing it twice is noticed here only when none is left.
 */
export function closeGuard(caller: Caller, guard: Term<Interpreter>): void {
  const { program, runtime } = caller
  const count = runtime.interpreters.guards.at(guard)
  program.procedure('PyInterpreterGuard_Close', () => {
    program.step('closes the guard', pystate('release_interp_guard'), {
      aborts: [
        ...dereferencesInterpreter(caller, guard),
        undefinedWhen(equal(count, integer(0)), 'a finalization guard is closed that is not open'),
      ],
      assign: [assign(count, subtract(count, integer(1)))],
    })
  })
}

/**
 * The step with which finalization of an interpreter begins: `finalization_guards` is changed from 0 to `GUARDS_NOT_ALLOWED`, atomically.
 * Returns whether it was; if not, guards are open. The local it returns is the calling procedure's.
 */
export function closeGuardsIfNone({ program, runtime }: Caller, interpreter: Term<Interpreter>): Place<'boolean'> {
  const { guards, guardsAreClosed } = runtime.interpreters
  const done = program.local('no guard was open', boolean)
  const isOpen = not(equal(guards.at(interpreter), integer(0)))
  program.step('allows no guard any more, unless one is open', pylifecycle('make_pre_finalization_calls'), [
    assign(done, conditional(isOpen, falsehood, truth)),
    assign(guardsAreClosed.at(interpreter), conditional(isOpen, guardsAreClosed.at(interpreter), truth)),
  ])
  return done
}
