import type { Interpreter } from '../cpython/vocabulary.ts'
import type { Term } from '../language/builder.ts'
import type { ClientThread } from './client-thread.ts'
import type { Stage } from './stage.ts'

/**
 * The life of the first acting thread, once the scene is set; the others do nothing. For programs in which each thread is on its own: what a
 * second one does as well costs a thousand times the states and shows nothing new.
 */
export function onFirstThread(stage: Stage, body: (thread: ClientThread, home: Term<Interpreter>) => void): void {
  for (const thread of stage.threads.slice(0, 1)) {
    stage.whenReady(thread)
    body(thread, stage.homeOf(0))
  }
}

/** Python code of the main interpreter starts the first acting thread as a daemon, which nobody joins; the others do nothing. */
export function onDaemon(stage: Stage, body: (thread: ClientThread) => void): void {
  for (const thread of stage.threads.slice(0, 1)) {
    stage.main.startThread(stage.mainInterpreter, stage.bootOf(thread), { kind: 'daemon' })
    thread.asStartedThread(stage.bootOf(thread), () => body(thread))
  }
}

/** The same for a thread of the main interpreter in a program that never finalizes, once the scene is set. */
export function onThreadOfMain(stage: Stage, body: (thread: ClientThread, home: Term<Interpreter>) => void): void {
  const threads = stage.threads.slice(0, 1)
  stage.setUp(() => {
    for (const thread of threads) stage.main.startThread(stage.mainInterpreter, stage.bootOf(thread))
  })
  for (const thread of threads) thread.asStartedThread(stage.bootOf(thread), () => body(thread, stage.homeOf(0)))
}
