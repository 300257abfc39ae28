import { noFatalError } from '../../src/properties/catalog/no-fatal-error.ts'
import { nothingFreedIsUsed } from '../../src/properties/catalog/nothing-freed-is-used.ts'
import type { KnownBug } from './known-bug.ts'
import { allBut, between } from './profile-range.ts'
import { actor, turn, withoutTheGil } from './scenery.ts'

const remaining = /remaining subinterpreters$/

export const runtimeIsFinalizedWithALiveSubInterpreter: KnownBug = {
  name: 'runtime-is-finalized-with-a-live-sub-interpreter',
  title: 'Py_FinalizeEx is fatal while a sub-interpreter lives',
  says: 'An embedder makes a sub-interpreter, swaps back and finalizes the runtime without ending it, as the documentation of Py_Finalize allowed.',
  covers: ['finalize-with-a-live-sub-interpreter'],
  threads: 1,
  interpreters: 2,
  program: {
    finalizes: true,
    threadStates: () => 3,
    write: (stage) => {
      const { main, runtime } = stage
      main.newInterpreter(stage.homeOf(0))
      main.swap(runtime.mainThreadState)
      main.finalize()
    },
  },
  failure: [noFatalError],
  outcome: remaining,
  affected: between('3.7', '3.12'),
  fixed: allBut(between('3.7', '3.12')),
  turns: { '3.7': 'subInterpretersAtFinalization', '3.13': 'subInterpretersAtFinalization' },
}

export const runtimeIsFinalizedUnderASubInterpreter: KnownBug = {
  name: 'runtime-is-finalized-under-a-sub-interpreter',
  title: 'Py_FinalizeEx while a thread runs in a sub-interpreter',
  says: 'An interrupt ends the wait for threads, and finalization goes on while a thread works in a sub-interpreter.',
  covers: ['interrupt-of-shutdown-leaves-a-sub-interpreter'],
  threads: 2,
  interpreters: 2,
  program: {
    finalizes: true,
    write: (stage) => {
      const { main, runtime } = stage
      const thread = actor(stage, 1)
      const sub = stage.homeOf(0)
      const isReady = turn(stage, 'the sub-interpreter is made')
      const isInside = turn(stage, 'thread 1 works in the sub-interpreter')
      main.newInterpreter(sub)
      main.swap(runtime.mainThreadState)
      withoutTheGil(main, () => {
        isReady.comes(main)
        isReady.isAwaited(thread)
        thread.acquireThread(thread.newThreadState(sub))
        thread.python(sub)
        withoutTheGil(thread, () => isInside.comes(thread))
        thread.saveThread()
        isInside.isAwaited(main)
      })
      main.finalize()
    },
  },
  failure: [noFatalError, nothingFreedIsUsed],
  outcome: /remaining subinterpreters$|not the last thread$|thread state/,
  affected: between('3.7', '3.13.8'),
  fixed: allBut(between('3.7', '3.13.8')),
  turns: { '3.7': 'subInterpretersAtFinalization', '3.14': 'otherThreadStatesAtEnd' },
  range: 'Reported for 3.12 and 3.13; the fatal error is as old as 3.7.',
  disagreesWithReport:
    'In 3.13 it is another failure than "remaining subinterpreters": finalization ends the sub-interpreter itself, with the newest of its thread states deleted under their thread, and dies of "not the last thread" if there are more. Since 3.14 the thread sleeps for ever.',
}
