import { attachAnothersThreadState } from './attach-anothers-thread-state.ts'
import { attachTwice } from './attach-twice.ts'
import { callbackFromFreshThread, migratedFreshThread } from './callback-from-fresh-thread.ts'
import { callbackWhileAttachedOnMakerThread, callbackWhileAttachedOnPythonThread } from './callback-while-attached.ts'
import type { Client } from './client.ts'
import { deleteAnothersThreadState } from './delete-anothers-thread-state.ts'
import { embedderWithOwnTls } from './embedder-with-own-tls.ts'
import { endInterpreterInUse } from './end-interpreter-in-use.ts'
import { endInterpreterThenEnsure, endInterpreterThenSwapBack } from './end-interpreter-then-ensure.ts'
import { ensureSwapBackRelease, ensureSwapRelease } from './ensure-swap-release.ts'
import { ensureThenNewInterpreter } from './ensure-then-new-interpreter.ts'
import { handedOverThread, handedOverThreadWithoutItsOldState, migratedHandedOverThread } from './handed-over-thread.ts'
import { helperThreadOfTwoInterpreters, migratedHelperThread } from './helper-thread.ts'
import { migratedEmbedder, migratedEmbedderWithEnsureEx, migratedPool, modWsgiPool } from './mod-wsgi-pool.ts'
import { mostGeneralPolite } from './most-general-polite.ts'
import { mostGeneralRude } from './most-general-rude.ts'
import { nestedCallbackWhileAttached, nestedCallbackWhileDetached } from './nested-callbacks.ts'
import { migratedOwnTlsWrapper, migratedOwnTlsWrapperOnFreshThread } from './own-tls-wrapper.ts'
import { releaseByNonOwner } from './release-by-non-owner.ts'
import { releaseWithoutEnsure } from './release-without-ensure.ts'
import { saveWithoutTheGil } from './save-without-the-gil.ts'
import {
  migratedSwigCallbackOnMakerThread,
  migratedSwigCallbackOnPythonThread,
  swigCallbackOnForeignThread,
  swigCallbackOnMakerThread,
  swigCallbackOnPythonThread,
} from './swig-callback.ts'

/** Every client, in the order of tables: callbacks on the thread that called out, on other threads, pools, hand-overs, then by kind. */
export const clients: readonly Client[] = [
  swigCallbackOnPythonThread,
  swigCallbackOnMakerThread,
  swigCallbackOnForeignThread,
  callbackWhileAttachedOnPythonThread,
  callbackWhileAttachedOnMakerThread,
  nestedCallbackWhileDetached,
  nestedCallbackWhileAttached,
  callbackFromFreshThread,
  helperThreadOfTwoInterpreters,
  modWsgiPool,
  embedderWithOwnTls,
  handedOverThread,
  handedOverThreadWithoutItsOldState,
  ensureThenNewInterpreter,
  endInterpreterThenSwapBack,
  endInterpreterThenEnsure,
  ensureSwapBackRelease,

  migratedSwigCallbackOnPythonThread,
  migratedSwigCallbackOnMakerThread,
  migratedFreshThread,
  migratedHelperThread,
  migratedPool,
  migratedEmbedder,
  migratedEmbedderWithEnsureEx,
  migratedHandedOverThread,
  migratedOwnTlsWrapper,
  migratedOwnTlsWrapperOnFreshThread,

  ensureSwapRelease,
  releaseWithoutEnsure,
  releaseByNonOwner,
  saveWithoutTheGil,
  attachTwice,
  attachAnothersThreadState,
  deleteAnothersThreadState,
  endInterpreterInUse,

  mostGeneralPolite,
  mostGeneralRude,
]
