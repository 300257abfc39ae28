import { noFatalError } from '../../src/properties/catalog/no-fatal-error.ts'
import type { KnownBug } from './known-bug.ts'
import { since, until } from './profile-range.ts'
import { actor } from './scenery.ts'

export const evalLoopFindsAnOrphan: KnownBug = {
  name: 'eval-loop-finds-an-orphan',
  title: 'eval loop that takes the GIL back finds another thread state current',
  says: 'While a thread runs Python code and has let another one have the GIL, that one swaps in a thread state and lets go with PyEval_ReleaseLock, which leaves it current: "orphan tstate".',
  covers: ['kodi-orphan-thread-state'],
  threads: 2,
  interpreters: 2,
  program: {
    write: (stage) => {
      const { main, mainInterpreter } = stage
      const addOn = actor(stage, 1)
      const made = main.newInterpreter(stage.homeOf(0))
      main.saveThread()
      stage.main.restoreThread(stage.runtime.mainThreadState)
      addOn.callback(mainInterpreter)
      main.python(mainInterpreter)
      main.swap(made)
      main.releaseLock()
    },
  },
  failure: [noFatalError],
  outcome: /orphan tstate$/,
  affected: until('3.11'),
  fixed: since('3.12'),
  turns: { '3.12': 'currentThreadState' },
  range:
    'Seen with 2.7 and 3.7, and explained by this schedule only in our opinion; since 3.12 no thread sees what is current for another.',
}
