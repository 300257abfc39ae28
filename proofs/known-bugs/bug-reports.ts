/** Where a bug was reported, or repaired, and how such places are called. */
export interface BugReport {
  readonly label: string
  readonly url: string
}

function issue(number: number): BugReport {
  return { label: `gh-${number}`, url: `https://github.com/python/cpython/issues/${number}` }
}
function pullRequest(number: number): BugReport {
  return { label: `PR ${number}`, url: `https://github.com/python/cpython/pull/${number}` }
}
function tracker(number: number): BugReport {
  return { label: `bpo-${number}`, url: `https://bugs.python.org/issue${number}` }
}
function elsewhere(label: string, path: string): BugReport {
  return { label, url: `https://github.com/${path}` }
}

const modWsgiMonitor = elsewhere('mod_wsgi 8ba8ea4', 'GrahamDumpleton/mod_wsgi/commit/8ba8ea4')
const pep788: BugReport = { label: 'PEP 788', url: 'https://peps.python.org/pep-0788/' }

/**
 * The collection: bugs of CPython and of programs that use its thread-state API, reported between 2000 and 2026, by names of ours. Several
 * may be in one report. Each is covered by a scenario of the catalog, or out of scope.
 */
export const bugReports = {
  'same-thread-callback': tracker(10915),
  'callback-on-a-foreign-thread': tracker(10915),
  'ensure-on-a-pool-thread': tracker(10915),
  'a-key-in-each-interpreter': tracker(10915),
  'a-current-interpreter-for-shared-helpers': tracker(10915),
  'ensure-in-a-sub-interpreter-hangs': issue(90453),
  'pybind-import-in-a-second-interpreter': elsewhere('pybind11#1975', 'pybind/pybind11/issues/1975'),
  'numpy-hangs-under-mod-wsgi': elsewhere('numpy#8559', 'numpy/numpy/issues/8559'),
  'sqlite-callback-in-the-wrong-interpreter': issue(101767),
  'ctypes-callback-in-the-wrong-interpreter': tracker(10915),
  'monitor-cannot-interrupt-a-sub-interpreter': modWsgiMonitor,
  'interrupt-meant-for-the-request-before': modWsgiMonitor,
  'stack-dump-misses-sub-interpreters': elsewhere('mod_wsgi 037ace8', 'GrahamDumpleton/mod_wsgi/commit/037ace8'),
  'release-without-ensure-then-ensure': issue(102732),
  'destructor-releases-during-release': issue(119585),
  'main-thread-joins-with-the-gil': issue(121463),
  'uwsgi-error-path-without-release': elsewhere('uwsgi f321efc8', 'unbit/uwsgi/commit/f321efc8'),
  'ssl-keylog-returns-without-release': issue(142438),
  'pybind-two-keys-two-thread-states': elsewhere('pybind11#1276', 'pybind/pybind11/issues/1276'),
  'thread-exit-runs-destructors': elsewhere('pybind11#1360', 'pybind/pybind11/issues/1360'),
  'pybind-creates-interpreters-detached': elsewhere('pybind11#6127', 'pybind/pybind11/pull/6127'),
  'freeradius-second-instance-first': elsewhere('freeradius#1015', 'FreeRADIUS/freeradius-server/issues/1015'),
  'ensure-before-init-threads': tracker(20891),
  'release-while-not-current': elsewhere('ray#53341', 'ray-project/ray/issues/53341'),
  'lldb-interrupt-without-the-gil': elsewhere('llvm#3533', 'swiftlang/llvm-project/pull/3533'),
  'signal-handler-reads-current-thread-state': pullRequest(19441),
  'release-deletes-after-letting-go': {
    label: 'check-in of November 2004',
    url: 'https://mail.python.org/pipermail/python-checkins/2004-November/043931.html',
  },
  'two-embedders-in-one-process': elsewhere('chef-bcpc#937', 'bloomberg/chef-bcpc/issues/937'),
  'collectd-decref-without-the-gil': elsewhere('collectd 240b0102', 'collectd/collectd/commit/240b01025'),
  'mod-wsgi-ends-interpreters-of-idle-workers': elsewhere('mod_wsgi 15aa501', 'GrahamDumpleton/mod_wsgi/commit/15aa501'),
  'shutdown-returns-before-threads-are-gone': tracker(36402),
  'threading-atexit-callback-raises': issue(113148),
  'interrupt-of-shutdown-leaves-a-sub-interpreter': issue(113127),
  'finalize-with-a-live-sub-interpreter': issue(80406),
  'initial-thread-state-is-reused-too-early': issue(126914),
  'interpreters-module-borrows-a-thread-state': pullRequest(110245),
  'thread-state-in-an-ended-interpreter': pep788,
  'fork-with-a-live-sub-interpreter': issue(84139),
  'join-without-detaching-stops-the-world': elsewhere('pybind11#5940', 'pybind/pybind11/pull/5940'),
  'gil-is-freed-in-drop-gil': issue(104341),
  'drop-gil-touches-what-was-freed': issue(100711),
  'new-interpreter-drops-a-gil-it-lacks': pullRequest(104208),
  'concurrent-creation-crashes': elsewhere('pybind11 9af8adb', 'pybind/pybind11/commit/9af8adb71'),
  'daemon-threads-wake-up-in-finalization': tracker(1856),
  'gil-is-destroyed-under-a-waiting-thread': tracker(9901),
  'acquire-thread-forgets-to-look': tracker(36475),
  'restore-thread-reads-a-freed-thread-state': tracker(39877),
  'take-gil-looks-before-it-waits-only': tracker(39877),
  'thread-exit-in-a-noexcept-destructor': issue(87135),
  'is-finalizing-is-not-enough': pep788,
  'daemon-thread-keeps-a-lock-for-ever': issue(129536),
  'ensure-after-the-sweep': issue(131012),
  'thread-started-at-exit-outlives-its-state': issue(104690),
  'must-exit-reads-a-freed-thread-state': issue(110052),
  'finalization-frees-under-waiting-threads': issue(124878),
  'stopped-world-and-hung-daemon': issue(137433),
  'head-lock-held-while-clearing': issue(102126),
  'head-lock-held-while-allocating': issue(106883),
  'collectd-finalizes-under-callbacks': elsewhere('collectd 122c7281', 'collectd/collectd/commit/122c7281c'),
  'kodi-orphan-thread-state': elsewhere('kodi#16936', 'xbmc/xbmc/issues/16936'),
  'once-lock-and-gil': elsewhere('PyO3 FAQ', 'PyO3/pyo3/blob/main/guide/src/faq.md'),
  'gil-enabled-at-run-time': issue(119369),
  'fork-while-the-list-is-locked': pullRequest(1740),
} as const satisfies Readonly<Record<string, BugReport>>

export type ReportName = keyof typeof bugReports
