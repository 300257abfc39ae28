import type { ClientThread } from '../../src/model/clients/client-thread.ts'
import type { ThreadState } from '../../src/model/cpython/vocabulary.ts'
import type { Term } from '../../src/model/language/builder.ts'
import { noFatalError } from '../../src/properties/catalog/no-fatal-error.ts'
import { nothingFreedIsUsed } from '../../src/properties/catalog/nothing-freed-is-used.ts'
import type { BugProgram, KnownBug } from './known-bug.ts'
import { everywhere, nowhere, since, until } from './profile-range.ts'
import { actor, turn, withoutTheGil } from './scenery.ts'

const notTheLast = /not the last thread$/
const diesUntil313 =
  'Since 3.14 Py_EndInterpreter does not mind other thread states: it drops them, and their threads sleep for ever when they come back.'

/** A worker serves a request and keeps its thread state; the main thread ends the interpreter, and the worker may come back. */
function idleWorker(end: (main: ClientThread, made: Term<ThreadState>, idle: Term<ThreadState>) => void, comesBack: boolean): BugProgram {
  return {
    write: (stage) => {
      const { main, runtime } = stage
      const worker = actor(stage, 1)
      const sub = stage.homeOf(0)
      const table = stage.shared('thread state of the worker', runtime.vocabulary.threadStateOrNone)
      const mayServe = turn(stage, 'the sub-interpreter is made')
      const isIdle = turn(stage, 'the worker is idle')
      const made = main.newInterpreter(sub)
      withoutTheGil(main, () => {
        mayServe.comes(main)
        mayServe.isAwaited(worker)
        worker.set(table, worker.newThreadState(sub))
        worker.acquireThread(table)
        worker.python(sub)
        worker.releaseThread(table)
        isIdle.comes(worker)
        if (comesBack) {
          worker.acquireThread(table)
          worker.python(sub)
          worker.releaseThread(table)
        }
        isIdle.isAwaited(main)
      })
      end(main, made, table)
      main.swap(runtime.mainThreadState)
      main.saveThread()
    },
  }
}

export const interpreterEndsWithIdleThreadStates: KnownBug = {
  name: 'interpreter-ends-with-idle-thread-states',
  title: 'Py_EndInterpreter is fatal because idle workers keep thread states',
  says: 'Workers of a pool keep a thread state in a sub-interpreter for their next request. The embedder ends the interpreter, and dies because its own thread state is not the only one.',
  covers: ['mod-wsgi-ends-interpreters-of-idle-workers'],
  threads: 2,
  interpreters: 2,
  program: idleWorker((main, made) => main.endInterpreter(made), false),
  failure: [noFatalError],
  outcome: notTheLast,
  affected: until('3.13.8'),
  fixed: since('3.14'),
  turns: { '3.14': 'otherThreadStatesAtEnd' },
  disagreesWithReport: `Said to be so up to 3.14, the release that repaired it. ${diesUntil313}`,
}

export const idleThreadStateIsDeletedUnderItsThread: KnownBug = {
  name: 'idle-thread-state-is-deleted-under-its-thread',
  title: 'thread states of idle workers deleted first: a worker comes back with freed memory',
  says: 'As interpreter-ends-with-idle-thread-states, but the embedder clears and deletes the thread states of its workers first. A worker that comes back attaches what is freed.',
  covers: ['mod-wsgi-ends-interpreters-of-idle-workers'],
  threads: 2,
  interpreters: 2,
  program: idleWorker((main, made, idle) => {
    main.clear(idle)
    main.delete(idle)
    main.endInterpreter(made)
  }, true),
  failure: [nothingFreedIsUsed],
  affected: everywhere,
  fixed: nowhere,
  range: 'The repair of the report has this bug on every release.',
}

/** Python code of the sub-interpreter starts a thread; the interpreter ends when its function has returned, or while it runs. */
function startedThread(kind: 'bare' | 'joined', endsAfterItsFunction: boolean): BugProgram {
  return {
    joins: true,
    write: (stage) => {
      const { main } = stage
      const thread = actor(stage, 1)
      const sub = stage.homeOf(0)
      const hasReturned = turn(stage, 'the function of the thread has returned')
      const made = main.newInterpreter(sub)
      main.startThread(sub, stage.bootOf(thread), { kind })
      thread.asStartedThread(stage.bootOf(thread), () => {
        thread.python(sub)
        hasReturned.comes(thread)
        thread.python(sub)
      })
      if (endsAfterItsFunction) withoutTheGil(main, () => hasReturned.isAwaited(main))
      main.endInterpreter(made)
    },
  }
}

export const shutdownReturnsBeforeTheThreadIsGone: KnownBug = {
  name: 'shutdown-returns-before-the-thread-is-gone',
  title: 'threading waits for the function of a thread, not for its thread state',
  says: "Py_EndInterpreter lets threading wait until every thread's function has returned. The thread itself deletes its thread state a little later, and until then the interpreter's is not the only one.",
  covers: ['shutdown-returns-before-threads-are-gone'],
  threads: 2,
  interpreters: 2,
  program: startedThread('bare', true),
  failure: [noFatalError],
  outcome: notTheLast,
  affected: until('3.13.8'),
  fixed: since('3.14'),
  turns: { '3.14': 'otherThreadStatesAtEnd' },
  range: `The scenario waits as threading of 3.4 to 3.7 did, on all releases; what it does since 3.8 is the repaired program. ${diesUntil313}`,
  repaired: {
    says: 'threading waits until the thread state is deleted.',
    on: since('3.8'),
    program: startedThread('joined', false),
  },
}

export const interpreterEndsWithARunningThread: KnownBug = {
  name: 'interpreter-ends-with-a-running-thread',
  title: 'an exception in an atexit callback of threading keeps threads from being joined',
  says: 'A callback registered with threading._register_atexit raises, and threading joins nobody: Py_EndInterpreter goes on with a thread that runs in the interpreter.',
  covers: ['threading-atexit-callback-raises'],
  threads: 2,
  interpreters: 2,
  program: startedThread('bare', false),
  failure: [noFatalError],
  outcome: notTheLast,
  affected: until('3.13.8'),
  fixed: since('3.14'),
  turns: { '3.14': 'otherThreadStatesAtEnd' },
  range: 'threading has such callbacks since 3.9; a thread that is not joined for another reason is as fatal before.',
  disagreesWithReport: `Said to be so up to 3.14. ${diesUntil313}`,
  repaired: { says: 'The thread is joined.', on: since('3.8'), program: startedThread('joined', false) },
}
