import { waitsForTheGil } from '../../model/cpython/gil/take-gil.ts'
import { interpreterIsAlive, isAlive, osThreadAt } from '../../model/cpython/runtime-state.ts'
import type { OsThread, ThreadState } from '../../model/cpython/vocabulary.ts'
import type { Formula, Term } from '../../model/language/builder.ts'
import { after, and, equal, exists, forAll, implies, member, not, or } from '../../model/language/builder.ts'
import type { Scene } from './promise.ts'

/** Some alive thread state satisfies the body. */
export function someAlive({ runtime }: Scene, name: string, body: (threadState: Term<ThreadState>) => Formula): Formula {
  return exists(name, runtime.vocabulary.threadState, (threadState) => and(isAlive(runtime, threadState), body(threadState)))
}

/** Every alive thread state satisfies the body. */
export function everyAlive({ runtime }: Scene, name: string, body: (threadState: Term<ThreadState>) => Formula): Formula {
  return forAll(name, runtime.vocabulary.threadState, (threadState) => implies(isAlive(runtime, threadState), body(threadState)))
}

/** The OS threads, with their positions among the processes. */
export function everyThread({ runtime, threadCount }: Scene): readonly { readonly process: number; readonly thread: Term<OsThread> }[] {
  return Array.from({ length: threadCount }, (_, process) => ({ process, thread: osThreadAt(runtime, process) }))
}

/** A thread waits for the GIL, and does not find it free. */
export function someThreadWaitsForTheGil(scene: Scene): Formula {
  return and(scene.runtime.gil.locked.at(), or(...everyThread(scene).map(({ process }) => scene.standsAt(process, waitsForTheGil))))
}

/** In this transition a thread state is freed, or an interpreter with all it has. */
export function somethingIsFreed(scene: Scene): Formula {
  const { interpreters, threadStates, vocabulary } = scene.runtime
  const alive = member(vocabulary.life, 'alive')
  const freed = member(vocabulary.life, 'freed')
  // Afterwards a freed thread state that nothing refers to is absent: all that can be said of it is that it is not alive.
  return or(
    someAlive(scene, 'freed', (threadState) => not(equal(after(threadStates.life.at(threadState)), alive))),
    exists('ended', vocabulary.interpreter, (interpreter) =>
      and(interpreterIsAlive(scene.runtime, interpreter), equal(after(interpreters.life.at(interpreter)), freed)),
    ),
  )
}
