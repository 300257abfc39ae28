import { endedInterpreterIsNotAttached } from './ended-interpreter-is-not-attached.ts'
import { ensureAttachesTheGuardedInterpreter } from './ensure-attaches-the-guarded-interpreter.ts'
import { finalizationCanAlwaysEnd } from './finalization-can-always-end.ts'
import { guardedInterpreterStays } from './guarded-interpreter-stays.ts'
import { guardsAreClosedAtRest } from './guards-are-closed-at-rest.ts'
import { guardsCanAlwaysBeClosed } from './guards-can-always-be-closed.ts'
import { noGilIsHeldWhileWaitingForAnother } from './no-gil-is-held-while-waiting-for-another.ts'
import { noGuardOnceTheEndBegan } from './no-guard-once-the-end-began.ts'
import { onlyTheFinalizingThreadRuns } from './only-the-finalizing-thread-runs.ts'
import type { Promised } from './promise.ts'
import { viewMeansItsInterpreter } from './view-means-its-interpreter.ts'

/** Promises of guards and views: only releases and designs that have them can keep or break these. */
export const guardPromises: readonly Promised[] = [
  guardedInterpreterStays,
  noGuardOnceTheEndBegan,
  guardsCanAlwaysBeClosed,
  guardsAreClosedAtRest,
  viewMeansItsInterpreter,
  ensureAttachesTheGuardedInterpreter,
]

/** Promises that the debate does not speak of, in the order of tables: of finalization, of several GILs, of guards and views. */
export const laterPromises: readonly Promised[] = [
  onlyTheFinalizingThreadRuns,
  finalizationCanAlwaysEnd,
  endedInterpreterIsNotAttached,
  noGilIsHeldWhileWaitingForAnother,
  ...guardPromises,
]
