import { gilIsReleasedByItsOwner } from '../../src/properties/catalog/gil-is-released-by-its-owner.ts'
import { noFatalError } from '../../src/properties/catalog/no-fatal-error.ts'
import { threadStateStaysOnItsThread } from '../../src/properties/catalog/thread-state-stays-on-its-thread.ts'
import type { KnownBug } from './known-bug.ts'
import { allBut, since, until } from './profile-range.ts'
import { actor, withoutTheGil } from './scenery.ts'

export const ensureBeforeInitThreads: KnownBug = {
  name: 'ensure-before-init-threads',
  title: 'Ensure on a foreign thread before PyEval_InitThreads',
  says: 'Nobody has created the GIL when a foreign thread calls Ensure: nothing keeps it out, and its thread state becomes current beside the main thread, whose SaveThread then returns it. From 3.4 to 3.6.3 Ensure creates the GIL first: then SaveThread finds it unlocked, or gives back what the other thread took.',
  covers: ['ensure-before-init-threads'],
  threads: 2,
  interpreters: 1,
  program: {
    startsWithoutGil: true,
    write: (stage) => {
      const { main } = stage
      const thread = actor(stage, 1)
      thread.callback(stage.mainInterpreter)
      withoutTheGil(main, () => undefined)
      main.saveThread()
    },
  },
  failure: [noFatalError, threadStateStaysOnItsThread, gilIsReleasedByItsOwner],
  affected: until('3.6'),
  fixed: since('3.7'),
  turns: { '3.7': 'gilIsCreated' },
  range: 'Reported for 2.7 and 3.4 to 3.6; from 3.2 on it is the same.',
}

export const ensureCreatesTheGilForNobody: KnownBug = {
  name: 'ensure-creates-the-gil-for-nobody',
  title: 'first Ensure of a process whose main thread has let go is fatal',
  says: 'Nobody has created the GIL, and the main thread has called PyEval_SaveThread. Ensure on a foreign thread creates the GIL and takes it on behalf of whatever is current: nothing is.',
  covers: ['ensure-before-init-threads'],
  threads: 2,
  interpreters: 1,
  program: {
    startsWithoutGil: true,
    write: (stage) => {
      const thread = actor(stage, 1)
      stage.letGo()
      stage.whenReady(thread)
      thread.callback(stage.mainInterpreter)
    },
  },
  failure: [noFatalError],
  outcome: /^take_gil: NULL tstate$/,
  affected: ['3.4'],
  fixed: allBut(['3.4']),
  turns: { '3.4': 'ensureCreatesTheGil', '3.6': 'ensureCreatesTheGil' },
  range: 'The first repair, that Ensure creates the GIL at last, came with 3.6.4; the profile of 3.6 speaks of the releases since.',
}
