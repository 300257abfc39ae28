import { release } from '../../src/model/cpython/gilstate/release.ts'
import { noFatalError } from '../../src/properties/catalog/no-fatal-error.ts'
import { nothingFreedIsUsed } from '../../src/properties/catalog/nothing-freed-is-used.ts'
import type { KnownBug } from './known-bug.ts'
import { since, until } from './profile-range.ts'
import { actor } from './scenery.ts'

export const destructorReleasesDuringRelease: KnownBug = {
  name: 'destructor-releases-during-release',
  title: 'destructor run by the last Release calls Ensure and Release itself',
  says: "The last Release of a thread clears its thread state. An object in the thread state's dictionary has a destructor that calls Ensure and Release: the counter goes from 0 to 1 and back, and the inner Release deletes the thread state that the outer one is about to.",
  covers: ['destructor-releases-during-release'],
  threads: 1,
  interpreters: 1,
  mainSetsTheScene: true,
  program: {
    write: (stage) => {
      const { main, mainInterpreter } = stage
      const thread = actor(stage, 1)
      main.saveThread()
      const state = thread.ensure()
      thread.python(mainInterpreter)
      release(thread.caller, state, { destructor: () => void thread.callback(mainInterpreter) })
    },
  },
  failure: [nothingFreedIsUsed, noFatalError],
  affected: until('3.12'),
  fixed: since('3.13'),
  turns: { '3.13': 'counterWhileClearing' },
  range: '3.12 is repaired by 3.12.5; the profile speaks of its first releases.',
}
