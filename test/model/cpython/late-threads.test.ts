import { describe, expect, it } from 'vitest'
import type { ClientThread } from '../../../src/model/clients/client-thread.ts'
import type { Stage } from '../../../src/model/clients/stage.ts'
import { profiles } from '../../../src/model/cpython/versions/releases.ts'
import type { Place } from '../../../src/model/language/builder.ts'
import { not, truth } from '../../../src/model/language/builder.ts'
import { boolean } from '../../../src/model/language/domain.ts'
import type { Probe } from './every-ending.ts'
import { everyEnding, letOthersGoFirst, tellReturned } from './every-ending.ts'

/** Thread 1 prepares itself, and does `late` while the main thread has let the GIL go in a finalizer. */
function during(prepare: (thread: ClientThread, stage: Stage) => (() => void) | undefined): Probe {
  return {
    write: (stage) => {
      const late = prepareFirst(stage, prepare)
      const mayBegin = stage.shared('finalization has begun', boolean)
      late(mayBegin)
      stage.main.finalize({
        teardown: () => {
          const saved = stage.main.saveThread()
          stage.main.set(mayBegin, truth, 'finalization has begun')
          letOthersGoFirst(stage.main)
          stage.main.restoreThread(saved)
        },
      })
    },
  }
}

/** The same once Py_FinalizeEx has returned. */
function afterwards(prepare: (thread: ClientThread, stage: Stage) => (() => void) | undefined, then?: (stage: Stage) => void): Probe {
  return {
    ...(then === undefined ? {} : { restarts: true as const }),
    write: (stage) => {
      const late = prepareFirst(stage, prepare)
      const mayBegin = stage.shared('finalization is over', boolean)
      late(mayBegin)
      stage.main.finalize()
      then?.(stage)
      stage.main.set(mayBegin, truth, 'finalization is over')
    },
  }
}

/** The main thread lets thread 1 prepare itself; what is returned writes what it does later, once the flag is set. */
function prepareFirst(stage: Stage, prepare: (thread: ClientThread, stage: Stage) => (() => void) | undefined) {
  const { main, threads } = stage
  const thread = threads[0] as ClientThread
  const saved = main.saveThread()
  const late = prepare(thread, stage)
  letOthersGoFirst(main)
  main.restoreThread(saved)
  return (mayBegin: Place<'boolean'>): void => {
    thread.waitUntil(mayBegin, 'is late')
    late?.()
    tellReturned(stage, thread)
  }
}

const restores = (thread: ClientThread) => {
  thread.ensure()
  const own = thread.saveThread()
  return () => thread.restoreThread(own)
}
const ensuresAgain = (thread: ClientThread) => {
  thread.ensure()
  thread.saveThread()
  return () => void thread.ensure()
}
const ensuresFirst = (thread: ClientThread) => () => thread.release(thread.ensure())
const acquiresNew = (thread: ClientThread, { mainInterpreter }: Stage) => {
  return () => {
    const own = thread.newThreadState(mainInterpreter)
    thread.acquireThread(own)
    thread.clear(own)
    thread.deleteCurrent()
  }
}
const acquiresOld = (thread: ClientThread, { mainInterpreter }: Stage) => {
  const own = thread.newThreadState(mainInterpreter)
  return () => thread.acquireThread(own)
}

const ensuresOnceMore = (thread: ClientThread) => {
  thread.ensure()
  thread.saveThread()
  return () => thread.release(thread.ensure())
}
const beginsAgain = ({ main }: Stage) => {
  main.initialize()
  main.saveThread()
}

/** Thread 1 waits in its first Ensure when the main thread, which never lets the GIL go, finalizes. */
const waitsAlready: Probe = {
  write: (stage) => {
    const thread = stage.threads[0] as ClientThread
    thread.ensure()
    tellReturned(stage, thread)
    letOthersGoFirst(stage.main)
    stage.main.finalize()
  },
}

/** Thread 1 runs Python code in a loop; the main thread asks for the GIL, finalizes, and may let the GIL go in a finalizer. */
function runsPython(letsGo: boolean): Probe {
  return {
    write: (stage) => {
      const { main, mainInterpreter } = stage
      const thread = stage.threads[0] as ClientThread
      const hasBegun = stage.shared('finalization has begun', boolean)
      const isLate = stage.shared('runs too late', boolean)
      const isRunning = stage.shared('runs Python code', boolean)
      const saved = main.saveThread()
      main.waitUntil(isRunning, 'sees it run')
      thread.ensure()
      thread.set(isRunning, truth)
      thread.loop(not(isLate), () => {
        thread.python(mainInterpreter)
        thread.set(isLate, hasBegun)
      })
      tellReturned(stage, thread)
      main.restoreThread(saved)
      main.finalize({
        teardown: () => {
          main.set(hasBegun, truth, 'finalization has begun')
          if (!letsGo) return
          const again = main.saveThread()
          letOthersGoFirst(main)
          main.restoreThread(again)
        },
      })
    },
  }
}

/** Thread 1 has a thread state of a sub-interpreter that the main thread ends. */
function endsSub(comesBack: (thread: ClientThread, own: ReturnType<ClientThread['saveThread']>) => void): Probe {
  return {
    interpreters: 2,
    write: (stage) => {
      const { main } = stage
      const thread = stage.threads[0] as ClientThread
      const sub = stage.homeOf(0)
      const isMade = stage.shared('the sub-interpreter is made', boolean)
      const isOver = stage.shared('the sub-interpreter is ended', boolean)
      const made = main.newInterpreter(sub)
      main.saveThread()
      main.set(isMade, truth, 'the sub-interpreter is made')
      thread.waitUntil(isMade, 'begins')
      const own = thread.newThreadState(sub)
      thread.acquireThread(own)
      thread.saveThread()
      thread.waitUntil(isOver, 'is late')
      comesBack(thread, own)
      tellReturned(stage, thread)
      letOthersGoFirst(main)
      main.restoreThread(made)
      main.endInterpreter(made)
      main.set(isOver, truth, 'the sub-interpreter is ended')
    },
  }
}

/** What becomes of thread 1, from the profile named on: all that may happen, in alphabetical order. */
type Endings = Readonly<Record<string, string>>

const notTheLast: Endings = {
  '2.7': 'fatal: Py_EndInterpreter: not the last thread',
  '3.9': 'fatal: not the last thread',
  '3.14': 'hangs',
}

/**
 * As runs on builds of 3.2 to 3.15 ended; 2.7, and loops while the GIL is let go, are taken from the C code. "crashes" beside another ending
 * is a race of a few instructions that no run was caught in.
 */
const rows: Readonly<Record<string, readonly [Probe, Endings]>> = {
  'PyEval_RestoreThread during finalization': [during(restores), { '2.7': 'returns', '3.2.1': 'exits', '3.13.8': 'hangs' }],
  'PyGILState_Ensure of an old thread state during finalization': [
    during(ensuresAgain),
    { '2.7': 'returns', '3.2.1': 'exits', '3.13.8': 'hangs' },
  ],
  'the first PyGILState_Ensure, and Release, during finalization': [
    during(ensuresFirst),
    { '2.7': 'returns', '3.2.1': 'exits', '3.13.8': 'hangs', '3.14': 'returns', '3.15': 'hangs' },
  ],
  'PyThreadState_New and PyEval_AcquireThread during finalization': [
    during(acquiresNew),
    { '2.7': 'returns', '3.8': 'exits', '3.13.8': 'hangs', '3.14': 'returns' },
  ],
  'PyEval_RestoreThread after finalization': [afterwards(restores), { '2.7': 'waits for ever', '3.9': 'exits', '3.13.8': 'hangs' }],
  'PyEval_AcquireThread after finalization': [afterwards(acquiresOld), { '2.7': 'waits for ever', '3.9': 'exits', '3.13.8': 'hangs' }],
  'the first PyGILState_Ensure after finalization': [afterwards(ensuresFirst), { '2.7': 'crashes', '3.15': 'hangs' }],
  'the first PyGILState_Ensure begun before finalization': [
    waitsAlready,
    { '2.7': 'waits for ever', '3.9': 'exits', '3.12': 'exits, waits for ever', '3.13': 'exits', '3.13.8': 'hangs' },
  ],
  'Python code in a loop, the GIL let go during finalization': [
    runsPython(true),
    { '2.7': 'returns', '3.4': 'exits', '3.9': 'crashes, exits', '3.13.8': 'crashes, hangs', '3.14': 'hangs' },
  ],
  'Python code in a loop, the GIL never let go': [
    runsPython(false),
    {
      '2.7': 'waits for ever',
      '3.9': 'crashes, exits',
      '3.12': 'crashes, exits, waits for ever',
      '3.13': 'crashes, exits',
      '3.13.8': 'crashes, hangs',
      '3.14': 'hangs',
    },
  ],
  'PyEval_RestoreThread after the end of its sub-interpreter': [endsSub((thread, own) => thread.restoreThread(own)), notTheLast],
  'PyGILState_Ensure after the end of its sub-interpreter': [endsSub((thread) => void thread.ensure()), notTheLast],
  'PyGILState_Ensure in the second life of the runtime': [afterwards(ensuresOnceMore, beginsAgain), { '2.7': 'returns', '3.15': 'hangs' }],
}

const names = profiles.map(({ name }) => name)

function endingsOf(profile: string, endings: Endings): string | undefined {
  const until = names.slice(0, names.indexOf(profile) + 1)
  return until.reduce<string | undefined>((ending, name) => endings[name] ?? ending, undefined)
}

describe('a thread that comes too late for finalization', () => {
  for (const [row, [probe, endings]] of Object.entries(rows)) {
    it.each(profiles)(`${row}: $name`, ({ name, policy }) => {
      expect(everyEnding(policy, probe)).toBe(endingsOf(name, endings))
    })
  }
})
