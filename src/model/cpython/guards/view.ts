import type { Formula, Place, Term } from '../../language/builder.ts'
import { assign, conditional, equal, isNone, literal, or } from '../../language/builder.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { dereferencesInterpreter } from '../caller.ts'
import { currentFor } from '../current.ts'
import { assertionFails } from '../debug.ts'
import type { RuntimeState } from '../runtime-state.ts'
import { interpreterIsAlive } from '../runtime-state.ts'
import type { Interpreter } from '../vocabulary.ts'
import { mainInterpreterAgain } from '../vocabulary.ts'
import { usesNoThreadState } from './null-current.ts'

const pystate = sourceFile('3.15', 'Python/pystate.c')

/**
 * `PyInterpreterView_FromCurrent`: remembers the id of the attached interpreter, and keeps nothing alive. A view is known here by the
 * interpreter it was made from; ids of sub-interpreters, which a second life of the runtime hands out again, are told apart.
 */
export function viewFromCurrent(caller: Caller): Place<Interpreter> {
  const { program, runtime } = caller
  const current = currentFor(caller)
  return program.procedure('PyInterpreterView_FromCurrent', () => {
    const view = program.local('view', runtime.vocabulary.interpreterOrNone)
    const there = runtime.threadStates.interpreter.at(current)
    program.step('remembers the id of its interpreter', pystate('PyInterpreterView_FromCurrent'), {
      aborts: [...usesNoThreadState(caller), ...dereferencesInterpreter(caller, there)],
      assign: [assign(view, there)],
    })
    return view
  })
}

/** `PyInterpreterView_FromMain`: id 0, whether or not there is a main interpreter. Needs no thread state. */
export function viewFromMain({ program, runtime }: Caller): Place<Interpreter> {
  return program.procedure('PyInterpreterView_FromMain', () => {
    const view = program.local('view', runtime.vocabulary.interpreterOrNone)
    program.step('remembers the id of the main interpreter', pystate('PyInterpreterView_FromMain'), [assign(view, runtime.main)])
    return view
  })
}

/** `PyInterpreterView_Close`: frees the view. Any thread may, attached or not. */
export function closeView(caller: Caller, view: Term<Interpreter>): void {
  const { program, runtime } = caller
  program.procedure('PyInterpreterView_Close', () => {
    if (runtime.policy.debug) assertionFails(caller, isNone(view, runtime.vocabulary.interpreterOrNone), 'view != NULL')
    program.step('frees the view', pystate('PyInterpreterView_Close'))
  })
}

/**
 * The interpreter whose id a view has. Every life of the runtime has a main interpreter with the id 0: it is the one alive now, whichever
 * the view was made from.
 */
export function interpreterOfView(runtime: RuntimeState, view: Term<Interpreter>): Term<Interpreter> {
  const again = mainAgain(runtime)
  if (again === undefined) return view
  const main = conditional(interpreterIsAlive(runtime, again), again, runtime.main)
  return conditional(isMain(runtime, view), main, view)
}

/** Two interpreters lie at one address: the main interpreter lies in the runtime, in each of its lives. */
export function lieAtOneAddress(runtime: RuntimeState, one: Term<Interpreter>, other: Term<Interpreter>): Formula {
  if (mainAgain(runtime) === undefined) return equal(one, other)
  return or(equal(one, other), conditional(isMain(runtime, one), isMain(runtime, other), equal(one, other)))
}

function isMain(runtime: RuntimeState, interpreter: Term<Interpreter>): Formula {
  const again = mainAgain(runtime)
  return or(equal(interpreter, runtime.main), ...(again === undefined ? [] : [equal(interpreter, again)]))
}

/** The main interpreter of the second life, in scenarios that have one. */
function mainAgain({ vocabulary: { interpreter } }: RuntimeState): Term<Interpreter> | undefined {
  const position = interpreter.kind === 'scalarset' ? interpreter.distinguished.indexOf(mainInterpreterAgain) : -1
  return position < 0 ? undefined : literal(interpreter, position)
}
