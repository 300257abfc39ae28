import { apswLocksBeforeItSaves, apswSavesBeforeItLocks } from './callbacks/connection-lock.ts'
import {
  pycurlAsksWhetherItFinalizes,
  pycurlCallsBackFromItsHelper,
  pycurlMixesParkedAndGilstate,
  pycurlParksItsThreadState,
} from './callbacks/pycurl.ts'
import { readlineCompletesInMain, readlineOverwritesItsThreadState } from './callbacks/readline-hooks.ts'
import { swigPointerDroppedElsewhere } from './callbacks/swig-pointer.ts'
import { tkinterBaton } from './callbacks/tkinter-baton.ts'
import { vimFinalizesInsideEnsure, vimKeepsOneSavedThreadState } from './callbacks/vim.ts'
import type { Client } from './client.ts'
import { pygobjectAsksTwice, wxpythonAsksAtBothEnds } from './foreign-threads/asks-whether-initialized.ts'
import { collectdCountsDown } from './foreign-threads/collectd.ts'
import { cythonAsksWithSwap, cythonFastGil, cythonFastGilAfterASwap } from './foreign-threads/cython.ts'
import { jpypeWaitsForJavaThreads } from './foreign-threads/jpype.ts'
import { nanobindInASubInterpreter, nanobindOnForeignThreads, nanobindWhileAttached } from './foreign-threads/nanobind.ts'
import { obsTicksUnderAMutex } from './foreign-threads/obs.ts'
import { documentedReuse, pantsPinsWithEnsure } from './foreign-threads/pinned-thread-state.ts'
import {
  pybind11CallbackAtFinalization,
  pybind11DropsAFunctionAfterTheEnd,
  pybind11InsideAPlainCallback,
  pybind11SecondKey,
  pytorchDeviceThread,
} from './foreign-threads/pybind11.ts'
import { pyo3AsksWhetherItFinalizes, pyo3Detaches, pyo3TrustsItsCount } from './foreign-threads/pyo3.ts'
import { pyunoMakesAThreadStatePerCall } from './foreign-threads/pyuno.ts'
import {
  callsBackFromAtexit,
  migratedCallsBackFromAtexit,
  staticDestructorAfterTheEnd,
  threadLocalDestructorAfterTheEnd,
} from './lifecycle/callbacks-at-the-end.ts'
import { daemonKeepsALock, guardedDaemonHoldsALock } from './lifecycle/held-lock.ts'
import { interpretersBorrowTheHead, interpretersDestroyWhileRun } from './lifecycle/interpreters-module.ts'
import { longLivedEnsure } from './lifecycle/long-lived-ensure.ts'
import { mixesViewsWithGilstate, mixesViewsWithGilstateInMain } from './lifecycle/mixed-migration.ts'
import { viewOfAFormerLife } from './lifecycle/restarted-runtime.ts'
import {
  subInterpreterMadeAtExit,
  subInterpreterOfADaemonAtExit,
  subInterpreterOfAJoinedThreadAtExit,
} from './lifecycle/sub-interpreter-at-exit.ts'
import { freeswitchShutsDown } from './pools/freeswitch.ts'
import { jepImportsOnTheMainThreadState, jepMakesSubInterpreters, jepProxyBorrows } from './pools/jep.ts'
import { kodiStopsAScript } from './pools/kodi.ts'
import { modPythonPoolMigrates } from './pools/mod-python.ts'
import { modWsgiCreatesInterpreters, modWsgiCreatesInterpretersWithOwnGil } from './pools/mod-wsgi-creates-interpreters.ts'
import { modWsgiDeadlockMonitor } from './pools/mod-wsgi-deadlock-monitor.ts'
import { modWsgiOutputBucket } from './pools/mod-wsgi-output-bucket.ts'
import { modWsgiPinsItsThreadState } from './pools/mod-wsgi-pinned.ts'
import { modWsgiTearsDownBusyWorkers, modWsgiTearsDownIdleWorkers } from './pools/mod-wsgi-teardown.ts'
import { nginxUnitPins } from './pools/nginx-unit.ts'
import { pybind11Activates, pybind11Destroys, pybind11NestsActivations } from './pools/pybind11-sub-interpreters.ts'
import { uwsgiCores, uwsgiSuspends } from './pools/uwsgi.ts'
import { weechatCallsBetweenScripts, weechatUnloadsTheCaller } from './pools/weechat.ts'

/**
 * What real programs do with the API in the releases 2.7 to 3.15, beside the clients of the debate: callbacks on the thread that called out,
 * pools and embedders that serve several interpreters, foreign threads and binding generators, then finalization and lifecycle.
 */
export const releaseClients: readonly Client[] = [
  swigPointerDroppedElsewhere,
  apswSavesBeforeItLocks,
  apswLocksBeforeItSaves,
  pycurlParksItsThreadState,
  pycurlMixesParkedAndGilstate,
  pycurlCallsBackFromItsHelper,
  pycurlAsksWhetherItFinalizes,
  tkinterBaton,
  readlineOverwritesItsThreadState,
  readlineCompletesInMain,
  vimKeepsOneSavedThreadState,
  vimFinalizesInsideEnsure,

  modWsgiPinsItsThreadState,
  modWsgiCreatesInterpreters,
  modWsgiCreatesInterpretersWithOwnGil,
  modWsgiOutputBucket,
  modWsgiDeadlockMonitor,
  modWsgiTearsDownIdleWorkers,
  modWsgiTearsDownBusyWorkers,
  modPythonPoolMigrates,
  uwsgiCores,
  uwsgiSuspends,
  nginxUnitPins,
  weechatCallsBetweenScripts,
  weechatUnloadsTheCaller,
  kodiStopsAScript,
  jepImportsOnTheMainThreadState,
  jepMakesSubInterpreters,
  jepProxyBorrows,
  pybind11Activates,
  pybind11NestsActivations,
  pybind11Destroys,
  freeswitchShutsDown,

  pyunoMakesAThreadStatePerCall,
  jpypeWaitsForJavaThreads,
  pybind11SecondKey,
  pybind11InsideAPlainCallback,
  pybind11DropsAFunctionAfterTheEnd,
  pytorchDeviceThread,
  pybind11CallbackAtFinalization,
  nanobindOnForeignThreads,
  nanobindWhileAttached,
  nanobindInASubInterpreter,
  pyo3TrustsItsCount,
  pyo3Detaches,
  pyo3AsksWhetherItFinalizes,
  cythonFastGil,
  cythonFastGilAfterASwap,
  cythonAsksWithSwap,
  collectdCountsDown,
  obsTicksUnderAMutex,
  pygobjectAsksTwice,
  wxpythonAsksAtBothEnds,
  documentedReuse,
  pantsPinsWithEnsure,

  interpretersDestroyWhileRun,
  interpretersBorrowTheHead,
  daemonKeepsALock,
  guardedDaemonHoldsALock,
  callsBackFromAtexit,
  migratedCallsBackFromAtexit,
  staticDestructorAfterTheEnd,
  threadLocalDestructorAfterTheEnd,
  viewOfAFormerLife,
  mixesViewsWithGilstate,
  mixesViewsWithGilstateInMain,
  subInterpreterOfADaemonAtExit,
  subInterpreterMadeAtExit,
  subInterpreterOfAJoinedThreadAtExit,
  longLivedEnsure,
]
