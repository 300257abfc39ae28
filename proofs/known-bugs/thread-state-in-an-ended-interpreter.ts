import type { ClientThread } from '../../src/model/clients/client-thread.ts'
import type { Interpreter } from '../../src/model/cpython/vocabulary.ts'
import type { Term } from '../../src/model/language/builder.ts'
import { nothingFreedIsUsed } from '../../src/properties/catalog/nothing-freed-is-used.ts'
import type { BugProgram, KnownBug } from './known-bug.ts'
import { everywhere, nowhere, since } from './profile-range.ts'
import { actor } from './scenery.ts'

/** The main thread ends the sub-interpreter whose pointer thread 1 has. */
function pointerToAnEndedOne(use: (thread: ClientThread, ended: Term<Interpreter>) => void): BugProgram {
  return {
    write: (stage) => {
      const { main, runtime } = stage
      const thread = actor(stage, 1)
      const sub = stage.homeOf(0)
      const made = main.newInterpreter(sub)
      main.endInterpreter(made)
      main.swap(runtime.mainThreadState)
      stage.letGo()
      stage.whenReady(thread)
      use(thread, sub)
    },
  }
}

export const threadStateIsMadeInAnEndedInterpreter: KnownBug = {
  name: 'thread-state-is-made-in-an-ended-interpreter',
  title: 'PyThreadState_New in an interpreter that another thread has ended',
  says: 'A thread keeps a PyInterpreterState pointer and makes a thread state with it; meanwhile another thread has ended the interpreter, and the pointer dangles.',
  covers: ['thread-state-in-an-ended-interpreter'],
  threads: 2,
  interpreters: 2,
  program: pointerToAnEndedOne((thread, ended) => thread.acquireThread(thread.newThreadState(ended))),
  failure: [nothingFreedIsUsed],
  outcome: /interpreter/,
  affected: everywhere,
  fixed: nowhere,
  range: 'In 3.15 a pointer still dangles; the repaired program has a view instead.',
  repaired: {
    says: 'The thread keeps a view, and PyThreadState_EnsureFromView returns NULL.',
    on: since('3.15'),
    program: pointerToAnEndedOne((thread, ended) => thread.viewedCallback(ended, ended)),
  },
}
