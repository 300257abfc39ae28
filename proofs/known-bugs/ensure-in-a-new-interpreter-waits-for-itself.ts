import { noThreadWaitsForItself } from '../../src/properties/catalog/no-thread-waits-for-itself.ts'
import type { KnownBug } from './known-bug.ts'
import { since, until } from './profile-range.ts'

export const ensureInANewInterpreterWaitsForItself: KnownBug = {
  name: 'ensure-in-a-new-interpreter-waits-for-itself',
  title: 'Ensure in a new sub-interpreter waits for the GIL its thread holds',
  says: 'A thread makes a sub-interpreter and imports a module there whose initialization calls Ensure. The slot has the main thread state, which is not the current one: Ensure waits for the GIL that its own thread holds.',
  covers: ['ensure-in-a-sub-interpreter-hangs', 'pybind-import-in-a-second-interpreter', 'numpy-hangs-under-mod-wsgi'],
  threads: 1,
  interpreters: 2,
  program: {
    write: (stage) => {
      const { main } = stage
      const sub = stage.homeOf(0)
      main.newInterpreter(sub)
      main.callback(sub)
      main.saveThread()
    },
  },
  failure: [noThreadWaitsForItself],
  affected: until('3.11'),
  fixed: since('3.12'),
  turns: { '3.12': 'slotIsBound' },
  range: 'Reported for 3.9 to 3.11; it is so since 2.7.',
}
