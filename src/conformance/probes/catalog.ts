import { attaching } from './attaching.ts'
import { ensureAndRelease } from './ensure-and-release.ts'
import { finalization } from './finalization.ts'
import { guards } from './guards.ts'
import { otherThreadsStates } from './other-threads-states.ts'
import { ownGil } from './own-gil.ts'
import type { Probe } from './probe.ts'
import { starting } from './starting.ts'
import { subInterpreters } from './sub-interpreters.ts'

/** Every schedule written by hand. */
export const probes: readonly Probe[] = [
  ...starting,
  ...ensureAndRelease,
  ...attaching,
  ...subInterpreters,
  ...otherThreadsStates,
  ...ownGil,
  ...finalization,
  ...guards,
]
