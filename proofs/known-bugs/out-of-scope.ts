import type { ReportName } from './bug-reports.ts'

/** Why a bug of the collection is no scenario. */
export interface OutOfScope {
  readonly report: ReportName
  readonly because: string
}

const stopsTheWorld = 'of the build without a GIL: the models have no stop-the-world locks'
const insideDropGil = 'a race inside drop_gil, between unlocking and its last look at the interpreter: the models drop the GIL in one step'
const headLock = 'a deadlock with HEAD_LOCK, which the models leave out: lists of thread states change in one step'

/** Every bug of the collection that no scenario covers. */
export const outOfScope: readonly OutOfScope[] = [
  {
    report: 'a-key-in-each-interpreter',
    because: 'a proposal, never released: judged in the debate, by the claim pitrou-makes-things-worse',
  },
  {
    report: 'a-current-interpreter-for-shared-helpers',
    because: 'a proposal, never released: judged in the debate, by the claim tls-is-hopeless-for-shared-helper-threads',
  },
  {
    report: 'interrupt-meant-for-the-request-before',
    because:
      'logic of the application: which request an exception is meant for is nothing the API knows, which delivered it as it was asked to',
  },
  {
    report: 'stack-dump-misses-sub-interpreters',
    because: 'about which frames are listed, and the models have no frames; the attach to the wrong interpreter is covered',
  },
  {
    report: 'freeradius-second-instance-first',
    because: 'logic of the application: it never saved what it passes on, and the API only gets a NULL pointer to read from',
  },
  { report: 'signal-handler-reads-current-thread-state', because: 'needs signal handlers, and was in alpha releases of 3.9 only' },
  { report: 'release-deletes-after-letting-go', because: 'of 2.4 and before: the oldest profile is 2.7' },
  {
    report: 'initial-thread-state-is-reused-too-early',
    because: 'a race inside tstate_delete_common, between unlinking and resetting the memory: the models free a thread state in one step',
  },
  { report: 'fork-with-a-live-sub-interpreter', because: 'needs fork' },
  { report: 'join-without-detaching-stops-the-world', because: stopsTheWorld },
  { report: 'gil-is-freed-in-drop-gil', because: insideDropGil },
  { report: 'drop-gil-touches-what-was-freed', because: insideDropGil },
  {
    report: 'new-interpreter-drops-a-gil-it-lacks',
    because: 'of development versions of 3.12: no profile makes a sub-interpreter whose creator does not hold the shared GIL',
  },
  {
    report: 'concurrent-creation-crashes',
    because: 'a race for the state that modules share, which has nothing to do with thread states or the GIL',
  },
  {
    report: 'gil-is-destroyed-under-a-waiting-thread',
    because: 'of alpha releases of 3.2: every release since keeps the mutex of the GIL',
  },
  {
    report: 'take-gil-looks-before-it-waits-only',
    because: 'of development versions of 3.9: no profile looks for finalization before it waits for the GIL and not after',
  },
  { report: 'stopped-world-and-hung-daemon', because: stopsTheWorld },
  { report: 'head-lock-held-while-clearing', because: headLock },
  { report: 'head-lock-held-while-allocating', because: `${headLock}; it needs a garbage collection as well` },
  { report: 'gil-enabled-at-run-time', because: 'of the build without a GIL: the models have no QSBR mutex' },
  { report: 'fork-while-the-list-is-locked', because: 'needs fork' },
]
