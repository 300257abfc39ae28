import { checkTellsTheTruth } from './check-tells-the-truth.ts'
import { countersBalance } from './counters-balance.ts'
import { gilIsReleasedByItsOwner } from './gil-is-released-by-its-owner.ts'
import { noDeadlock } from './no-deadlock.ts'
import { noFatalError } from './no-fatal-error.ts'
import { noNullThreadStateIsUsed } from './no-null-thread-state-is-used.ts'
import { noThreadWaitsForItself } from './no-thread-waits-for-itself.ts'
import { nothingFreedIsUsed } from './nothing-freed-is-used.ts'
import { nothingLeaksAtRest } from './nothing-leaks-at-rest.ts'
import { oneLiveThreadStatePerThreadAndInterpreter } from './one-live-thread-state-per-thread-and-interpreter.ts'
import { pairRestoresAttachment } from './pair-restores-attachment.ts'
import { pairRestoresSlot } from './pair-restores-slot.ts'
import type { Promised } from './promise.ts'
import { pythonRunsWithTheGil } from './python-runs-with-the-gil.ts'
import { runsInItsInterpreter } from './runs-in-its-interpreter.ts'
import { slotsNeverDangle } from './slots-never-dangle.ts'
import { threadStateStaysOnItsThread } from './thread-state-stays-on-its-thread.ts'

/** Every promise, in the order of tables. */
export const promises: readonly Promised[] = [
  runsInItsInterpreter,
  gilIsReleasedByItsOwner,
  threadStateStaysOnItsThread,
  pythonRunsWithTheGil,
  nothingFreedIsUsed,
  noNullThreadStateIsUsed,
  noFatalError,
  noDeadlock,
  noThreadWaitsForItself,
  pairRestoresAttachment,
  pairRestoresSlot,
  oneLiveThreadStatePerThreadAndInterpreter,
  nothingLeaksAtRest,
  slotsNeverDangle,
  countersBalance,
  checkTellsTheTruth,
]
