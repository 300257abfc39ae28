import { waitsForGuards } from '../../model/cpython/finalization/pre-finalization-calls.ts'
import { waitsForTheGil } from '../../model/cpython/gil/take-gil.ts'
import { interpreterIsAlive, isAlive, osThreadAt } from '../../model/cpython/runtime-state.ts'
import type { Interpreter, OsThread, ThreadState } from '../../model/cpython/vocabulary.ts'
import type { Formula, Term } from '../../model/language/builder.ts'
import {
  after,
  and,
  equal,
  exists,
  falsehood,
  forAll,
  implies,
  integer,
  isNone,
  less,
  member,
  not,
  or,
  unequal,
} from '../../model/language/builder.ts'
import type { Scene } from './promise.ts'

/** Some alive thread state satisfies the body. */
export function someAlive({ runtime }: Scene, name: string, body: (threadState: Term<ThreadState>) => Formula): Formula {
  return exists(name, runtime.vocabulary.threadState, (threadState) => and(isAlive(runtime, threadState), body(threadState)))
}

/** Every alive thread state satisfies the body. */
export function everyAlive({ runtime }: Scene, name: string, body: (threadState: Term<ThreadState>) => Formula): Formula {
  return forAll(name, runtime.vocabulary.threadState, (threadState) => implies(isAlive(runtime, threadState), body(threadState)))
}

/** Some interpreter satisfies the body, one that is gone included. */
export function someInterpreter({ runtime }: Scene, body: (interpreter: Term<Interpreter>) => Formula): Formula {
  return exists('interpreter', runtime.vocabulary.interpreter, body)
}

/** Every interpreter that this is true of satisfies the body. */
export function everyInterpreter(
  scene: Scene,
  isMeant: (scene: Scene, interpreter: Term<Interpreter>) => Formula,
  body: (interpreter: Term<Interpreter>) => Formula,
): Formula {
  return forAll('interpreter', scene.runtime.vocabulary.interpreter, (interpreter) =>
    implies(isMeant(scene, interpreter), body(interpreter)),
  )
}

export function noInterpreterIs(scene: Scene, isMeant: (scene: Scene, interpreter: Term<Interpreter>) => Formula): Formula {
  return everyInterpreter(scene, isMeant, () => falsehood)
}

/** A guard of the interpreter is open, where there are guards. */
export function isGuarded({ runtime }: Scene, interpreter: Term<Interpreter>): Formula {
  return less(integer(0), runtime.interpreters.guards.at(interpreter))
}

/** A thread ends an interpreter and waits until its guards are closed. */
export function someThreadWaitsForGuards(scene: Scene): Formula {
  return or(...everyThread(scene).map(({ process }) => scene.standsAt(process, waitsForGuards)))
}

/** The OS threads, with their positions among the processes. */
export function everyThread({ runtime, threadCount }: Scene): readonly { readonly process: number; readonly thread: Term<OsThread> }[] {
  return Array.from({ length: threadCount }, (_, process) => ({ process, thread: osThreadAt(runtime, process) }))
}

/** A thread waits for a GIL, and does not find it free. */
export function someThreadWaitsForTheGil(scene: Scene): Formula {
  const { gil, gils, policy } = scene.runtime
  if (policy.gils === 'one')
    return and(gil.locked.at(), or(...everyThread(scene).map(({ process }) => scene.standsAt(process, waitsForTheGil))))
  return or(...everyThread(scene).map(({ process }) => scene.standsAt(process, waitsForTheGil, (of) => gils.locked.at(of))))
}

/** The thread stands in front of a GIL that it has taken itself. */
export function waitsForItself({ runtime, standsAt }: Scene, process: number, thread: Term<OsThread>): Formula {
  const { gil, gils, policy } = runtime
  if (policy.gils === 'one') return and(standsAt(process, waitsForTheGil), gil.locked.at(), equal(gil.owner.at(), thread))
  return standsAt(process, waitsForTheGil, (of) => and(gils.locked.at(of), equal(gils.owner.at(of), thread)))
}

/** In this transition a GIL is given back that satisfies this: who took it. */
export function someGilIsReleased({ runtime }: Scene, takenBy: (owner: Term<OsThread>) => Formula): Formula {
  const { gil, gils, policy, vocabulary } = runtime
  if (policy.gils === 'one') return and(gil.locked.at(), not(after(gil.locked.at())), takenBy(gil.owner.at()))
  return exists('of', vocabulary.interpreter, (of) => and(gils.locked.at(of), not(after(gils.locked.at(of))), takenBy(gils.owner.at(of))))
}

/** In this transition a thread state is freed, alone, with others that finalization frees, or with its interpreter. */
export function somethingIsFreed(scene: Scene): Formula {
  const { dropsOthers, policy, threadStates, vocabulary } = scene.runtime
  const alive = member(vocabulary.life, 'alive')
  // Afterwards a freed thread state that nothing refers to is absent: all that can be said of it is that it is not alive.
  return or(
    someAlive(scene, 'freed', (threadState) => not(equal(after(threadStates.life.at(threadState)), alive))),
    someInterpreterEnds(scene),
    ...(dropsOthers && policy.otherThreadStatesAreFreed === 'before-teardown' ? [othersAreFreed(scene)] : []),
  )
}

/** In this transition an interpreter is freed. */
export function someInterpreterEnds({ runtime }: Scene): Formula {
  const { interpreters, vocabulary } = runtime
  const freed = member(vocabulary.life, 'freed')
  return exists('ended', vocabulary.interpreter, (interpreter) =>
    and(interpreterIsAlive(runtime, interpreter), equal(after(interpreters.life.at(interpreter)), freed)),
  )
}

/** An interpreter begins to keep only one thread state, and some other one is alive. */
function othersAreFreed(scene: Scene): Formula {
  const { interpreters, threadStates, vocabulary } = scene.runtime
  return exists('dropping', vocabulary.interpreter, (interpreter) => {
    const kept = after(interpreters.keeps.at(interpreter))
    return and(
      isNone(interpreters.keeps.at(interpreter), vocabulary.threadStateOrNone),
      not(isNone(kept, vocabulary.threadStateOrNone)),
      someAlive(scene, 'dropped', (threadState) =>
        and(equal(threadStates.interpreter.at(threadState), interpreter), unequal(threadState, kept)),
      ),
    )
  })
}
