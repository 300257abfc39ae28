import type { Formula, Term } from '../../language/builder.ts'
import { assign, equal, falsehood, integer, not, or, truth } from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { currentFor } from '../current.ts'
import { closeGuardsIfNone } from '../guards/guard.ts'
import { attach, detach } from '../thread-state/attach.ts'
import type { Interpreter } from '../vocabulary.ts'
import type { FinalizationHooks } from './hooks.ts'
import { callAtexit } from './hooks.ts'
import { hasThreadsToJoin, joinThreads } from './join-threads.ts'

const pylifecycle = sourceFile('3.15', 'Python/pylifecycle.c')

/** Place name of a thread that ends an interpreter and waits until nobody guards it. */
export const waitsForGuards = 'waits for guards'

/** The sub-interpreters that end first, where a whole runtime is finalized. */
export interface SubInterpreters {
  readonly remain: Formula
  readonly end: () => void
}

/**
 * `make_pre_finalization_calls` (3.15): joins threads, calls atexit callbacks, ends sub-interpreters and waits, detached, until no guard is
 * open; again, until nothing is left to do and the guards could be closed. Closing them begins finalization. A callback is called once.
 */
export function preFinalizationCalls(
  caller: Caller,
  interpreter: Term<Interpreter>,
  options: { readonly hooks: FinalizationHooks; readonly subInterpreters?: SubInterpreters },
): void {
  const { program, runtime } = caller
  const { hooks, subInterpreters } = options
  program.procedure('make_pre_finalization_calls', () => {
    const isOver = program.keep('is over', boolean, falsehood)
    const wasCalled = program.keep('atexit was called', boolean, falsehood)
    program.loop(not(isOver), () => {
      joinThreads(caller, interpreter)
      if (hooks.atexit !== undefined) {
        program.when(not(wasCalled), () => {
          program.quietly([assign(wasCalled, truth)])
          callAtexit(caller, hooks)
        })
      }
      subInterpreters?.end()
      waitForGuards(caller, interpreter)
      const isLeft = or(
        ...(runtime.joins ? [hasThreadsToJoin(runtime, interpreter)] : []),
        ...(subInterpreters === undefined ? [] : [subInterpreters.remain]),
      )
      program.when(not(isLeft), () => program.quietly([assign(isOver, closeGuardsIfNone(caller, interpreter))]))
    })
  })
}

/** `wait_on_interp_guards`: parks without the GIL. Nobody but the last who closes a guard wakes it. */
function waitForGuards(caller: Caller, interpreter: Term<Interpreter>): void {
  const { program, runtime } = caller
  const areClosed = equal(runtime.interpreters.guards.at(interpreter), integer(0))
  program.when(not(areClosed), () => {
    const self = program.keep('tstate', runtime.vocabulary.threadStateOrNone, currentFor(caller))
    detach(caller, self)
    program.step('waited until no guard was open', pylifecycle('make_pre_finalization_calls'), {
      place: waitsForGuards,
      waitsFor: areClosed,
    })
    attach(caller, self)
  })
}
