import type { Client } from '../../src/model/clients/client.ts'
import type { Stage } from '../../src/model/clients/stage.ts'
import { swigCallbackOnMakerThread, swigCallbackOnPythonThread } from '../../src/model/clients/swig-callback.ts'
import type { Policy } from '../../src/model/cpython/policy.ts'
import { isNoThreadState } from '../../src/model/cpython/runtime-state.ts'
import { cpython32 } from '../../src/model/cpython/versions/cpython-3-2.ts'
import { not } from '../../src/model/language/builder.ts'
import type { Case } from './judge.ts'

/** How a promise is broken, and where it is kept although what it speaks of happens. */
export interface Mutant {
  readonly broken: Case
  readonly kept: Case
}

export function tiny(name: string, write: (stage: Stage) => void, more: Partial<Client> = {}): Client {
  return { name, title: name, says: name, kind: 'wrong', write, ...more }
}

/** A client of the first acting thread, while the main thread has set the scene and let go. */
function onForeignThread(name: string, write: (thread: Stage['main'], stage: Stage) => void): Client {
  return tiny(name, (stage) => {
    stage.setUp()
    for (const thread of stage.threads.slice(0, 1)) {
      stage.whenReady(thread)
      write(thread, stage)
    }
  })
}

/** One slot per interpreter, and a pair of calls that always means the main one. */
const oldPairMeansMain: Policy = { ...cpython32, newThreadStateIsNotedIn: 'interpreter-slot', plainCallsLookIn: 'slot-of-main' }
/** EnsureEx throws away what it finds in the slot when that is of another interpreter. */
const slotIsReplaced: Policy = { ...cpython32, ensureExLooksIn: 'thread-slot', foreignInterpreterInSlot: 'is-replaced' }
/** Release works on what is current, whoever left it there. */
const releasesWhatIsCurrent: Policy = { ...cpython32, releaseUses: 'current-thread-state' }
/** Every attach is complained about, the first one too. */
const alwaysComplains: Policy = {
  ...cpython32,
  swapComplains: { kind: 'fatal', counterOf: 'new-thread-state', mostExpected: 0, internalCallsToo: true },
}
const checkGoesSilent: Policy = { ...cpython32, check: 'enabled-until-sub-interpreter' }

const callbackWhileAttached = tiny('callback while attached', (stage) => {
  stage.setUp(() => {
    for (const [i, thread] of stage.threads.entries()) stage.main.startThread(stage.homeOf(i), stage.bootOf(thread))
  })
  for (const [i, thread] of stage.threads.entries()) {
    thread.asStartedThread(stage.bootOf(thread), () => thread.callback(stage.homeOf(i)))
  }
})
const swapsInsideACallback = tiny('swaps inside a callback', (stage) => {
  stage.setUp(() => {
    for (const [i, thread] of stage.threads.entries()) stage.main.startThread(stage.homeOf(i), stage.bootOf(thread))
  })
  for (const [i, thread] of stage.threads.entries()) {
    thread.asStartedThread(stage.bootOf(thread), () => {
      const other = thread.newThreadState(stage.homeOf(i))
      thread.callback(stage.homeOf(i), () => thread.swap(other))
    })
  }
})
const visitsTheSubInterpreter = onForeignThread('visits the sub-interpreter', (thread, stage) => {
  thread.newThreadState(stage.mainInterpreter)
  thread.migratedCallback(stage.homeOf(0))
  thread.callback(stage.mainInterpreter)
})
const callbackFromFreshThread = onForeignThread('callback from a fresh thread', (thread, stage) => thread.callback(stage.mainInterpreter))
const deletesAnothersThreadState = tiny("deletes another thread's state", (stage) => {
  const { threadStateOrNone } = stage.runtime.vocabulary
  const given = stage.shared('given', threadStateOrNone)
  for (const thread of stage.threads.slice(0, 1)) thread.set(given, thread.newThreadState(stage.mainInterpreter), 'gives it away')
  stage.main.waitUntil(not(isNoThreadState(stage.runtime, given)), 'is given a thread state')
  stage.main.clear(given)
  stage.main.delete(given)
})
const asksTheCheck = (makesASub: boolean): Client =>
  tiny('asks PyGILState_Check', ({ main, subInterpreters, runtime }) => {
    for (const interpreter of makesASub ? subInterpreters : []) main.newInterpreter(interpreter)
    if (makesASub) main.swap(runtime.mainThreadState)
    main.check()
    main.saveThread()
    main.check()
  })

const callsBack: Case = { policy: cpython32, client: swigCallbackOnPythonThread }
const wrong = (client: Client): Case => ({ policy: cpython32, client })

/** One for every promise: a broken design where a design can break it, else a broken client. */
export const mutants: Readonly<Record<string, Mutant>> = {
  'runs-in-its-interpreter': { broken: { policy: oldPairMeansMain, client: swigCallbackOnPythonThread }, kept: callsBack },
  'gil-is-released-by-its-owner': {
    broken: wrong(tiny('releases a GIL it has not taken', ({ threads }) => threads[0]?.releaseLock())),
    kept: callsBack,
  },
  'thread-state-stays-on-its-thread': {
    broken: wrong(
      onForeignThread('attaches the main thread state', (thread, { runtime }) => thread.restoreThread(runtime.mainThreadState)),
    ),
    kept: callsBack,
  },
  'python-runs-with-the-gil': {
    broken: wrong(
      tiny('runs Python without the GIL', ({ main, mainInterpreter }) => {
        main.releaseLock()
        main.python(mainInterpreter)
      }),
    ),
    kept: callsBack,
  },
  'nothing-freed-is-used': {
    broken: wrong(
      tiny('runs Python with a deleted thread state', ({ main, mainInterpreter }) => {
        const made = main.newThreadState(mainInterpreter)
        main.delete(made)
        main.swap(made)
        main.python(mainInterpreter)
      }),
    ),
    kept: callsBack,
  },
  'no-null-thread-state-is-used': {
    broken: wrong(
      tiny('runs Python after it let go', ({ main, mainInterpreter }) => {
        main.saveThread()
        main.python(mainInterpreter)
      }),
    ),
    kept: callsBack,
  },
  'no-fatal-error': { broken: { policy: alwaysComplains, client: swigCallbackOnPythonThread }, kept: callsBack },
  'no-deadlock': { broken: { policy: oldPairMeansMain, client: callbackWhileAttached }, kept: callsBack },
  'no-thread-waits-for-itself': { broken: { policy: oldPairMeansMain, client: callbackWhileAttached }, kept: callsBack },
  'pair-restores-attachment': { broken: { policy: releasesWhatIsCurrent, client: swapsInsideACallback }, kept: callsBack },
  'pair-restores-slot': { broken: { policy: slotIsReplaced, client: visitsTheSubInterpreter }, kept: callsBack },
  'one-live-thread-state-per-thread-and-interpreter': {
    broken: { policy: slotIsReplaced, client: visitsTheSubInterpreter },
    kept: { policy: cpython32, client: swigCallbackOnMakerThread },
  },
  'nothing-leaks-at-rest': {
    broken: wrong(
      onForeignThread('forgets to release', (thread) => {
        thread.ensure()
        thread.saveThread()
      }),
    ),
    kept: { policy: cpython32, client: callbackFromFreshThread },
  },
  'slots-never-dangle': { broken: wrong(deletesAnothersThreadState), kept: callsBack },
  'counters-balance': {
    broken: wrong(
      tiny('forgets to release on the main thread', ({ main }) => {
        main.ensure()
        main.saveThread()
      }),
    ),
    kept: callsBack,
  },
  'check-tells-the-truth': {
    broken: { policy: checkGoesSilent, client: asksTheCheck(true) },
    kept: { policy: checkGoesSilent, client: asksTheCheck(false) },
  },
}
