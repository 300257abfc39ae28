import { runsInItsInterpreter } from '../../src/properties/catalog/runs-in-its-interpreter.ts'
import type { KnownBug } from './known-bug.ts'
import { everywhere, nowhere, since } from './profile-range.ts'
import { actor } from './scenery.ts'

export const foreignThreadCallsBackIntoMain: KnownBug = {
  name: 'foreign-thread-calls-back-into-main',
  title: 'callback of a sub-interpreter, on a thread Python never saw, runs in the main interpreter',
  says: 'Code of a sub-interpreter registers a callback with a library that calls it on a thread of its own. Ensure has nothing to go by there, and makes a thread state in the main interpreter.',
  covers: ['callback-on-a-foreign-thread'],
  threads: 2,
  interpreters: 2,
  program: {
    write: (stage) => {
      stage.setUp()
      const thread = actor(stage, 1)
      stage.whenReady(thread)
      thread.callback(stage.homeOf(0))
    },
  },
  failure: [runsInItsInterpreter],
  affected: everywhere,
  fixed: nowhere,
  range: 'Documented as not supported up to 3.14; in 3.15 the plain pair still does it, and the repaired program needs other calls.',
  repaired: {
    says: 'The library keeps a view of the interpreter, and calls back with PyThreadState_EnsureFromView.',
    on: since('3.15'),
    program: {
      write: (stage) => {
        stage.setUp()
        const thread = actor(stage, 1)
        stage.whenReady(thread)
        thread.viewedCallback(stage.homeOf(0), stage.homeOf(0))
      },
    },
  },
}
