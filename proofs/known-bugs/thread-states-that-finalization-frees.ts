import type { ClientThread } from '../../src/model/clients/client-thread.ts'
import { policyOfProfile } from '../../src/model/cpython/versions/releases.ts'
import { nothingFreedIsUsed } from '../../src/properties/catalog/nothing-freed-is-used.ts'
import { nothingIsMadeAfterTheSweep } from './failures.ts'
import type { BugProgram, KnownBug } from './known-bug.ts'
import { allBut, between, everywhere, nowhere, since, until } from './profile-range.ts'
import { actor, turn, withoutTheGil } from './scenery.ts'

/** Thread 1 has a detached thread state; the main thread finalizes the runtime, and perhaps begins another life. */
function comesBack(when: 'at any time' | 'afterwards' | 'in the second life'): BugProgram {
  return {
    finalizes: true,
    ...(when === 'in the second life' ? { restarts: true as const, startsWithoutGil: true as const } : {}),
    write: (stage) => {
      const { main } = stage
      const thread = actor(stage, 1)
      const mayBegin = turn(stage, 'the GIL is there')
      const isReady = turn(stage, 'thread 1 is ready')
      const isOver = turn(stage, 'finalization is over')
      if (when === 'in the second life') main.initThreads()
      mayBegin.comes(main)
      mayBegin.isAwaited(thread)
      withoutTheGil(main, () => isReady.isAwaited(main))
      thread.ensure()
      const own = thread.saveThread()
      isReady.comes(thread)
      if (when !== 'at any time') isOver.isAwaited(thread)
      thread.restoreThread(own)
      thread.saveThread()
      main.finalize()
      if (when === 'in the second life') {
        main.initialize()
        main.initThreads()
        main.saveThread()
      }
      isOver.comes(main)
    },
  }
}

export const restoreThreadReadsAFreedThreadState: KnownBug = {
  name: 'restore-thread-reads-a-freed-thread-state',
  title: 'PyEval_RestoreThread after finalization reads its thread state before it looks for finalization',
  says: 'A daemon thread comes back with PyEval_RestoreThread when the runtime is finalized. In development versions before 3.9 the call reads the interpreter of the thread state to find out whether the runtime is finalized: the thread state is freed.',
  covers: ['restore-thread-reads-a-freed-thread-state'],
  threads: 2,
  interpreters: 1,
  program: comesBack('afterwards'),
  failure: [nothingFreedIsUsed],
  // What the policy of 3.9 reads before it waits, with the checks of 3.8.
  unreleased: { '3.9 alpha': { ...policyOfProfile('3.8'), messages: 'of-3.9' } },
  affected: nowhere,
  fixed: everywhere,
  range:
    'Reported for alpha releases of 3.8 and 3.9 only: releases compare pointers, or wait without reading for a GIL that is never let go.',
}

export const waitingThreadReadsAFreedThreadState: KnownBug = {
  name: 'waiting-thread-reads-a-freed-thread-state',
  title: 'finalization frees the thread state of a thread that is inside take_gil',
  says: 'A daemon thread comes back for the GIL and has just found out that nothing is being finalized. Then finalization begins and frees its thread state; take_gil reads it to find the GIL.',
  covers: ['finalization-frees-under-waiting-threads'],
  threads: 2,
  interpreters: 1,
  program: comesBack('at any time'),
  failure: [nothingFreedIsUsed],
  outcome: /thread state/,
  affected: between('3.9', '3.13.8'),
  fixed: allBut(between('3.9', '3.13.8')),
  turns: { '3.9': 'lateThreadIsNoticed', '3.14': 'otherThreadStatesAreFreed' },
  range: 'Up to 3.8 finalization frees other thread states last, when the GIL is never let go again: nobody comes to read them.',
}

export const secondLifeMeetsAFreedThreadState: KnownBug = {
  name: 'second-life-meets-a-freed-thread-state',
  title: 'thread of a former life of the runtime comes back with a freed thread state',
  says: 'A daemon thread lives through finalization and a new Py_Initialize. Nothing is being finalized when it comes back for the GIL, so take_gil, or _PyThreadState_MustExit before it, reads its thread state, which is freed.',
  covers: ['must-exit-reads-a-freed-thread-state'],
  threads: 2,
  interpreters: 1,
  program: comesBack('in the second life'),
  failure: [nothingFreedIsUsed],
  outcome: /thread state/,
  affected: between('3.2', '3.13.8'),
  fixed: [...until('2.7'), ...since('3.14')],
  turns: { '3.2': 'dropRequests', '3.14': 'otherThreadStatesAreFreed' },
  range: 'Reported for 3.9 to 3.12, where _PyThreadState_MustExit is. The lock of 2.7 is taken without reading a thread state.',
  disagreesWithReport:
    'Said to be repaired in 3.13. 3.13.0 and 3.13.18 still read the freed thread state in a second life of the runtime; 3.14 keeps the memory for the thread, which sleeps for ever.',
}

export const threadStateIsMadeAfterTheSweep: KnownBug = {
  name: 'thread-state-is-made-after-the-sweep',
  title: 'Ensure of a fresh thread links a thread state after finalization dropped the others',
  says: 'Finalization drops all other thread states of the main interpreter, once. A fresh thread calls Ensure afterwards: its thread state is linked before the call looks for finalization, and is there when the interpreter is deleted.',
  covers: ['ensure-after-the-sweep'],
  threads: 2,
  interpreters: 1,
  program: {
    finalizes: true,
    write: (stage) => {
      const { main } = stage
      const thread = actor(stage, 1)
      thread.callback(stage.mainInterpreter)
      main.finalize({ teardown: () => withoutTheGil(main, () => undefined) })
    },
  },
  failure: [nothingIsMadeAfterTheSweep],
  affected: between('3.9', '3.14'),
  fixed: allBut(between('3.9', '3.14')),
  turns: { '3.9': 'otherThreadStatesAreFreed', '3.15': 'guards' },
  range:
    'The assertion of the report is in debug builds of 3.13; what it complains of is so since 3.9, where finalization begins to sweep.',
}

export const startedThreadMeetsAFreedThreadState: KnownBug = {
  name: 'started-thread-meets-a-freed-thread-state',
  title: 'thread started shortly before finalization finds its thread state freed when it begins',
  says: 'A thread is started, by an atexit callback say, and the runtime is finalized before it begins to run: the thread state that was made for it is freed, and the first thing it does is to use it.',
  covers: ['thread-started-at-exit-outlives-its-state'],
  threads: 3,
  interpreters: 1,
  program: {
    finalizes: true,
    write: (stage) => {
      const { main, mainInterpreter } = stage
      const first = actor(stage, 1)
      const second = actor(stage, 2)
      main.startThread(mainInterpreter, stage.bootOf(first))
      first.asStartedThread(stage.bootOf(first), () => first.startThread(mainInterpreter, stage.bootOf(second)))
      second.asStartedThread(stage.bootOf(second), () => undefined)
      withoutTheGil(main, () => undefined)
      main.finalize()
    },
  },
  failure: [nothingFreedIsUsed],
  outcome: /thread state/,
  affected: until('3.13.8'),
  fixed: since('3.14'),
  turns: { '3.14': 'otherThreadStatesAreFreed' },
  range:
    'Reported for threads that an atexit callback starts: 3.12 refuses to start those, 3.13 starts them again. Here the threads are started before.',
  disagreesWithReport:
    'Said to be repaired in 3.12. A thread that was started in time looks whether it is late, and then uses its thread state: up to 3.13 there are a few instructions between. 3.14 keeps the memory for the thread.',
}

export const callbackAfterFinalizationCrashes: KnownBug = {
  name: 'callback-after-finalization-crashes',
  title: 'Ensure of a fresh thread after finalization crashes',
  says: 'A plug-in finalizes the runtime while callbacks are registered with the host. A thread of the host calls back: Ensure makes a thread state in an interpreter that is gone.',
  covers: ['collectd-finalizes-under-callbacks'],
  threads: 2,
  interpreters: 1,
  program: plugIn(false),
  failure: [nothingFreedIsUsed],
  affected: until('3.14'),
  fixed: since('3.15'),
  turns: { '3.15': 'guards' },
  range: 'Repaired in collectd 5.7. In 3.15 Ensure is refused a guard, and its thread sleeps for ever instead.',
  repaired: { says: 'The last callback is unregistered before the plug-in finalizes the runtime.', on: everywhere, program: plugIn(true) },
}

function plugIn(countsCallbacks: boolean): BugProgram {
  return {
    finalizes: true,
    write: (stage) => {
      const { main } = stage
      const host: ClientThread = actor(stage, 1)
      const isUnregistered = turn(stage, 'no callback is left')
      host.callback(stage.mainInterpreter)
      isUnregistered.comes(host)
      withoutTheGil(main, () => {
        if (countsCallbacks) isUnregistered.isAwaited(main)
      })
      main.finalize()
    },
  }
}
