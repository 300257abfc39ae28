import type { ClientThread } from '../../src/model/clients/client-thread.ts'
import { isNoThreadState } from '../../src/model/cpython/runtime-state.ts'
import type { Interpreter, ThreadState } from '../../src/model/cpython/vocabulary.ts'
import type { Term } from '../../src/model/language/builder.ts'
import { not } from '../../src/model/language/builder.ts'
import { threadStateStaysOnItsThread } from '../../src/properties/catalog/thread-state-stays-on-its-thread.ts'
import type { BugProgram, KnownBug } from './known-bug.ts'
import { everywhere, nowhere } from './profile-range.ts'
import { actor } from './scenery.ts'

/** The main thread runs in the sub-interpreter; a thread of the main interpreter enters it as well. */
function enters(choose: (thread: ClientThread, sub: Term<Interpreter>, head: Term<ThreadState>) => Term<ThreadState>): BugProgram {
  return {
    write: (stage) => {
      const { main, mainInterpreter } = stage
      const thread = actor(stage, 1)
      const sub = stage.homeOf(0)
      main.startThread(mainInterpreter, stage.bootOf(thread))
      const head = stage.shared('thread state at the head of the list', stage.runtime.vocabulary.threadStateOrNone)
      main.set(head, main.newInterpreter(sub), 'is at the head of the list')
      main.python(sub)
      main.saveThread()
      thread.asStartedThread(stage.bootOf(thread), (own) => {
        thread.waitUntil(not(isNoThreadState(stage.runtime, head)), 'finds the head of the list')
        thread.swap(choose(thread, sub, head))
        thread.python(sub)
        thread.swap(own)
      })
    },
  }
}

export const threadStateIsBorrowedFromAnotherThread: KnownBug = {
  name: 'thread-state-is-borrowed-from-another-thread',
  title: 'thread enters a sub-interpreter with the thread state of another thread',
  says: 'The interpreters module enters a sub-interpreter with the thread state at the head of its list, whoever uses that: two threads run with one thread state.',
  covers: ['interpreters-module-borrows-a-thread-state'],
  threads: 2,
  interpreters: 2,
  program: enters((_, __, head) => head),
  failure: [threadStateStaysOnItsThread],
  affected: everywhere,
  fixed: nowhere,
  range: 'Repaired in the interpreters module of 3.12.1; a program that does the same fails on every release.',
  repaired: {
    says: 'It makes a thread state of its own.',
    on: everywhere,
    program: enters((thread, sub) => thread.newThreadState(sub)),
  },
}
