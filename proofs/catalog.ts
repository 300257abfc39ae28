import type { Claim } from '../src/judge/claim.ts'
import aComplaintInSwapHarmsNoLegalProgram from './a-complaint-in-swap-harms-no-legal-program.ts'
import aComplaintInSwapIsEnough from './a-complaint-in-swap-is-enough.ts'
import aHandedOffThreadStaysWithItsCreator from './a-handed-off-thread-stays-with-its-creator.ts'
import aNewApiIsEasy from './a-new-api-is-easy.ts'
import aPoolThreadAlwaysGetsAMainThreadState from './a-pool-thread-always-gets-a-main-thread-state.ts'
import aThreadIsOwnedByOneInterpreter from './a-thread-is-owned-by-one-interpreter.ts'
import aThreadStartedInASubInterpreterBelongsToIt from './a-thread-started-in-a-sub-interpreter-belongs-to-it.ts'
import aThreadStateOfAnotherInterpreterCausesProblems from './a-thread-state-of-another-interpreter-causes-problems.ts'
import aTlsOverrideCanComeLater from './a-tls-override-can-come-later.ts'
import alwaysSettingTheKeyChangesNothingForEnsure from './always-setting-the-key-changes-nothing-for-ensure.ts'
import anEmbedderCanAttachWithEnsureEx from './an-embedder-can-attach-with-ensure-ex.ts'
import anEmbedderCannotKnowLibraryThreads from './an-embedder-cannot-know-library-threads.ts'
import authorsWillNotUpdateTheirModules from './authors-will-not-update-their-modules.ts'
import callbacksHaveOtherProblemsToday from './callbacks-have-other-problems-today.ts'
import callbacksOnLibraryThreadsMustBeFixed from './callbacks-on-library-threads-must-be-fixed.ts'
import callbacksUsuallyDeadlockToday from './callbacks-usually-deadlock-today.ts'
import coghlanFailsForPoolThreads from './coghlan-fails-for-pool-threads.ts'
import convertingSqliteNeedsMoreWork from './converting-sqlite-needs-more-work.ts'
import endingAnInterpreterLeavesTheGilUnlocked from './ending-an-interpreter-leaves-the-gil-unlocked.ts'
import ensureExIsStillNeeded from './ensure-ex-is-still-needed.ts'
import ensureExOverOneSlotPlacesNativeThreads from './ensure-ex-over-one-slot-places-native-threads.ts'
import explicitCallsAllowAnEmbeddersOwnTls from './explicit-calls-allow-an-embedders-own-tls.ts'
import explicitCallsSolveTheWholeProblem from './explicit-calls-solve-the-whole-problem.ts'
import extensionsNeedNoChangeWhenTheEmbedderSetsTls from './extensions-need-no-change-when-the-embedder-sets-tls.ts'
import externalThreadsServeSeveralInterpreters from './external-threads-serve-several-interpreters.ts'
import interpreterSwapIsAnUglyHack from './interpreter-swap-is-an-ugly-hack.ts'
import interpreterTlsIsNoMoreAHackThanTheExistingKey from './interpreter-tls-is-no-more-a-hack-than-the-existing-key.ts'
import libraryThreadsAndPoolsMustChangeUnderTls from './library-threads-and-pools-must-change-under-tls.ts'
import lxmlWouldNotNeedAChange from './lxml-would-not-need-a-change.ts'
import mainIsTheDefault from './main-is-the-default.ts'
import modWsgiWouldNeedToChange from './mod-wsgi-would-need-to-change.ts'
import moreChecksOnTheGilTellTheTruth from './more-checks-on-the-gil-tell-the-truth.ts'
import nativeThreadsGetMainUnlessPrecreated from './native-threads-get-main-unless-precreated.ts'
import newCallsAreOnlySlightlyMoreComplex from './new-calls-are-only-slightly-more-complex.ts'
import newInterpreterCanSetTheCurrentInterpreter from './new-interpreter-can-set-the-current-interpreter.ts'
import noNewCallIsNeededToKeepTheCurrentInterpreter from './no-new-call-is-needed-to-keep-the-current-interpreter.ts'
import oneGilGuardsAllInterpreters from './one-gil-guards-all-interpreters.ts'
import oneNewFunctionIsEnough from './one-new-function-is-enough.ts'
import oneStaticKeyKeepsInterpretersApart from './one-static-key-keeps-interpreters-apart.ts'
import onlyBrokenApplicationsMatter from './only-broken-applications-matter.ts'
import onlyTheExtensionCanTellTheInterpreter from './only-the-extension-can-tell-the-interpreter.ts'
import onlyTheNaiveCallbackWorksToday from './only-the-naive-callback-works-today.ts'
import pitrouBreaksTheNaiveCallback from './pitrou-breaks-the-naive-callback.ts'
import pitrouDoesNotHelpThePool from './pitrou-does-not-help-the-pool.ts'
import pitrouForcesEveryCallbackToChange from './pitrou-forces-every-callback-to-change.ts'
import pitrouMakesThingsWorse from './pitrou-makes-things-worse.ts'
import releaseExIsNotNeeded from './release-ex-is-not-needed.ts'
import releaseNeedsNoInterpreterArgument from './release-needs-no-interpreter-argument.ts'
import sameThreadCallbacksAreTheBulkOfUse from './same-thread-callbacks-are-the-bulk-of-use.ts'
import saveThreadCanDoTheMapping from './save-thread-can-do-the-mapping.ts'
import settingTheInterpreterNeedsAGilCheck from './setting-the-interpreter-needs-a-gil-check.ts'
import sharedObjectsForbidAGilPerInterpreter from './shared-objects-forbid-a-gil-per-interpreter.ts'
import swapCanKeepTheCurrentInterpreter from './swap-can-keep-the-current-interpreter.ts'
import swapNullMakesLaterCallsAssert from './swap-null-makes-later-calls-assert.ts'
import testsMustComeFirst from './tests-must-come-first.ts'
import theInterpreterOfRegistrationIsTheRightOne from './the-interpreter-of-registration-is-the-right-one.ts'
import theRespectiveGilsNeedAnOrder from './the-respective-gils-need-an-order.ts'
import theSimpleCallbackAlreadyWorks from './the-simple-callback-already-works.ts'
import tlsImprovesThingsOnlySlightly from './tls-improves-things-only-slightly.ts'
import tlsIsHopelessForSharedHelperThreads from './tls-is-hopeless-for-shared-helper-threads.ts'
import tlsLetsAnEmbedderPlaceLibraryThreads from './tls-lets-an-embedder-place-library-threads.ts'
import tlsMakesUnchangedCallbacksWork from './tls-makes-unchanged-callbacks-work.ts'
import tlsWorksOnlyIfAThreadServesOneInterpreter from './tls-works-only-if-a-thread-serves-one-interpreter.ts'
import twoExplicitFunctionsAreEnough from './two-explicit-functions-are-enough.ts'
import unmodifiedExtensionsJustWork from './unmodified-extensions-just-work.ts'

/** Every claim of the debate, in the order of its messages. */
export const claims: readonly Claim[] = [
  aNewApiIsEasy,
  twoExplicitFunctionsAreEnough,
  theInterpreterOfRegistrationIsTheRightOne,
  convertingSqliteNeedsMoreWork,
  oneNewFunctionIsEnough,
  mainIsTheDefault,
  extensionsNeedNoChangeWhenTheEmbedderSetsTls,
  settingTheInterpreterNeedsAGilCheck,
  interpreterSwapIsAnUglyHack,
  tlsWorksOnlyIfAThreadServesOneInterpreter,
  callbacksOnLibraryThreadsMustBeFixed,
  tlsLetsAnEmbedderPlaceLibraryThreads,
  aTlsOverrideCanComeLater,
  explicitCallsAllowAnEmbeddersOwnTls,
  anEmbedderCannotKnowLibraryThreads,
  onlyTheExtensionCanTellTheInterpreter,
  tlsIsHopelessForSharedHelperThreads,
  explicitCallsSolveTheWholeProblem,
  tlsImprovesThingsOnlySlightly,
  sameThreadCallbacksAreTheBulkOfUse,
  callbacksUsuallyDeadlockToday,
  callbacksHaveOtherProblemsToday,
  tlsMakesUnchangedCallbacksWork,
  pitrouForcesEveryCallbackToChange,
  libraryThreadsAndPoolsMustChangeUnderTls,
  lxmlWouldNotNeedAChange,
  authorsWillNotUpdateTheirModules,
  interpreterTlsIsNoMoreAHackThanTheExistingKey,
  saveThreadCanDoTheMapping,
  newCallsAreOnlySlightlyMoreComplex,
  onlyBrokenApplicationsMatter,
  pitrouMakesThingsWorse,
  oneStaticKeyKeepsInterpretersApart,
  theSimpleCallbackAlreadyWorks,
  aHandedOffThreadStaysWithItsCreator,
  nativeThreadsGetMainUnlessPrecreated,
  ensureExOverOneSlotPlacesNativeThreads,
  aThreadIsOwnedByOneInterpreter,
  releaseNeedsNoInterpreterArgument,
  pitrouBreaksTheNaiveCallback,
  externalThreadsServeSeveralInterpreters,
  coghlanFailsForPoolThreads,
  aPoolThreadAlwaysGetsAMainThreadState,
  aThreadStateOfAnotherInterpreterCausesProblems,
  newInterpreterCanSetTheCurrentInterpreter,
  swapCanKeepTheCurrentInterpreter,
  swapNullMakesLaterCallsAssert,
  endingAnInterpreterLeavesTheGilUnlocked,
  noNewCallIsNeededToKeepTheCurrentInterpreter,
  ensureExIsStillNeeded,
  releaseExIsNotNeeded,
  unmodifiedExtensionsJustWork,
  modWsgiWouldNeedToChange,
  anEmbedderCanAttachWithEnsureEx,
  pitrouDoesNotHelpThePool,
  theRespectiveGilsNeedAnOrder,
  aThreadStartedInASubInterpreterBelongsToIt,
  onlyTheNaiveCallbackWorksToday,
  testsMustComeFirst,
  oneGilGuardsAllInterpreters,
  sharedObjectsForbidAGilPerInterpreter,
  aComplaintInSwapIsEnough,
  aComplaintInSwapHarmsNoLegalProgram,
  alwaysSettingTheKeyChangesNothingForEnsure,
  moreChecksOnTheGilTellTheTruth,
]
