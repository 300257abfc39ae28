import {
  acquireThreadDoesNotLook,
  askingForFinalizationIsNotEnough,
  lateThreadRunsPython,
  reattachingThreadIsEnded,
  stoppedThreadKeepsItsLock,
} from './attach-during-finalization.ts'
import { threadStateIsBorrowedFromAnotherThread } from './borrowed-thread-state.ts'
import {
  currentThreadStateIsAskedForWithoutTheGil,
  interpreterIsCreatedWhileDetached,
  nullIsAcquired,
  referenceIsDroppedWithoutTheGil,
} from './calls-without-a-thread-state.ts'
import { destructorReleasesDuringRelease } from './destructor-that-releases.ts'
import {
  idleThreadStateIsDeletedUnderItsThread,
  interpreterEndsWithARunningThread,
  interpreterEndsWithIdleThreadStates,
  shutdownReturnsBeforeTheThreadIsGone,
} from './end-of-an-interpreter-in-use.ts'
import { ensureBeforeInitThreads, ensureCreatesTheGilForNobody } from './ensure-before-init-threads.ts'
import { ensureInANewInterpreterWaitsForItself } from './ensure-in-a-new-interpreter-waits-for-itself.ts'
import { foreignThreadCallsBackIntoMain } from './foreign-thread-calls-back-into-main.ts'
import type { KnownBug } from './known-bug.ts'
import {
  runtimeIsFinalizedUnderASubInterpreter,
  runtimeIsFinalizedWithALiveSubInterpreter,
} from './live-sub-interpreter-at-finalization.ts'
import { monitorLooksInTheWrongInterpreter } from './monitor-looks-in-the-wrong-interpreter.ts'
import { evalLoopFindsAnOrphan } from './orphan-thread-state.ts'
import { ensureWithoutReleaseKeepsTheGil, keylogCallbackStaysAttached, releaseByAnotherThread } from './pairs-that-do-not-balance.ts'
import { poolThreadCallsBackIntoMain, poolThreadWaitsForItself } from './pool-thread-with-a-main-thread-state.ts'
import { releaseWithoutEnsureIsFatalForTheNextEnsure } from './release-without-ensure-is-fatal-for-the-next-ensure.ts'
import { sameThreadCallbackRunsInMain } from './same-thread-callback-runs-in-main.ts'
import { threadStateIsMadeInAnEndedInterpreter } from './thread-state-in-an-ended-interpreter.ts'
import {
  callbackAfterFinalizationCrashes,
  restoreThreadReadsAFreedThreadState,
  secondLifeMeetsAFreedThreadState,
  startedThreadMeetsAFreedThreadState,
  threadStateIsMadeAfterTheSweep,
  waitingThreadReadsAFreedThreadState,
} from './thread-states-that-finalization-frees.ts'
import { secondThreadStateOfTheThread } from './two-thread-states-of-one-thread.ts'
import { onceLockIsAwaitedWithTheGil, workerIsJoinedWithTheGil } from './waits-while-attached.ts'

/** Every known bug: callbacks and sub-interpreters, use of the API, ends of interpreters, finalization, locks. */
export const knownBugs: readonly KnownBug[] = [
  sameThreadCallbackRunsInMain,
  foreignThreadCallsBackIntoMain,
  poolThreadWaitsForItself,
  poolThreadCallsBackIntoMain,
  ensureInANewInterpreterWaitsForItself,
  monitorLooksInTheWrongInterpreter,

  releaseWithoutEnsureIsFatalForTheNextEnsure,
  destructorReleasesDuringRelease,
  ensureWithoutReleaseKeepsTheGil,
  keylogCallbackStaysAttached,
  releaseByAnotherThread,
  interpreterIsCreatedWhileDetached,
  currentThreadStateIsAskedForWithoutTheGil,
  nullIsAcquired,
  referenceIsDroppedWithoutTheGil,
  ensureBeforeInitThreads,
  ensureCreatesTheGilForNobody,
  secondThreadStateOfTheThread,
  evalLoopFindsAnOrphan,

  interpreterEndsWithIdleThreadStates,
  idleThreadStateIsDeletedUnderItsThread,
  shutdownReturnsBeforeTheThreadIsGone,
  interpreterEndsWithARunningThread,
  runtimeIsFinalizedWithALiveSubInterpreter,
  runtimeIsFinalizedUnderASubInterpreter,
  threadStateIsBorrowedFromAnotherThread,
  threadStateIsMadeInAnEndedInterpreter,

  lateThreadRunsPython,
  acquireThreadDoesNotLook,
  reattachingThreadIsEnded,
  askingForFinalizationIsNotEnough,
  stoppedThreadKeepsItsLock,
  restoreThreadReadsAFreedThreadState,
  waitingThreadReadsAFreedThreadState,
  secondLifeMeetsAFreedThreadState,
  threadStateIsMadeAfterTheSweep,
  startedThreadMeetsAFreedThreadState,
  callbackAfterFinalizationCrashes,

  workerIsJoinedWithTheGil,
  onceLockIsAwaitedWithTheGil,
]
