import { migratedLateCallback, migratedVisitor } from '../../src/model/clients/guarded-callbacks.ts'
import type { Stage } from '../../src/model/clients/stage.ts'
import type { GuardedEnsure } from '../../src/model/cpython/guards/guarded-ensure.ts'
import type { Policy } from '../../src/model/cpython/policy.ts'
import { policyOfProfile } from '../../src/model/cpython/versions/releases.ts'
import { falsehood, isNone, not, truth } from '../../src/model/language/builder.ts'
import { boolean } from '../../src/model/language/domain.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { Mutant } from './mutants.ts'
import { tiny } from './mutants.ts'

const released = policyOfProfile('3.15')
const of312 = policyOfProfile('3.12')

function on315(change: Partial<GuardedEnsure>): Policy {
  return { ...released, guardedEnsure: { ...released.guardedEnsure, ...change } }
}

/** The first acting thread; the smallest bounds have no other. */
function firstOf({ threads, main }: Stage): Stage['main'] {
  return threads[0] ?? main
}

/** Main finalizes the runtime and lets the GIL go while modules are torn down, as a destructor may; a daemon thread goes on meanwhile. */
const daemonAtFinalization = (body: (daemon: Stage['main'], stage: Stage) => void, beforeRestoring?: (stage: Stage) => void) =>
  tiny(
    'a daemon thread at finalization',
    (stage) => {
      const daemon = firstOf(stage)
      stage.main.startThread(stage.mainInterpreter, stage.bootOf(daemon))
      daemon.asStartedThread(stage.bootOf(daemon), () => body(daemon, stage))
      stage.main.finalize({
        teardown: () => {
          const saved = stage.main.saveThread()
          beforeRestoring?.(stage)
          stage.main.restoreThread(saved)
        },
      })
    },
    { finalizes: true },
  )
const daemonRuns = daemonAtFinalization((daemon, { mainInterpreter }) => daemon.python(mainInterpreter))

/** The daemon holds a lock of its own library while it attaches, and the destructor waits for that lock. */
const lockAtFinalization = (takesIt: boolean) => {
  const lockOf = (stage: Stage) => stage.shared('lock is held', boolean)
  return daemonAtFinalization(
    (daemon, stage) => {
      const saved = daemon.saveThread()
      if (takesIt) daemon.set(lockOf(stage), truth, 'takes the lock')
      daemon.restoreThread(saved)
      daemon.set(lockOf(stage), falsehood, 'lets the lock go')
    },
    (stage) => stage.main.waitUntil(not(lockOf(stage)), 'takes the lock'),
  )
}

/** Main makes a sub-interpreter, with a GIL of its own or not, and is attached to the main one again. */
function makeSub(stage: Stage, ownGil = false): ReturnType<Stage['homeOf']> {
  stage.main.newInterpreter(stage.homeOf(0), { ownGil })
  stage.main.swap(stage.runtime.mainThreadState)
  return stage.homeOf(0)
}

const deletesWhatIsAttached = tiny('deletes an interpreter that another thread is attached to', (stage) => {
  const sub = makeSub(stage, true)
  stage.letGo()
  const thread = firstOf(stage)
  stage.whenReady(thread)
  thread.acquireThread(thread.newThreadState(sub))
  thread.python(sub)
  stage.main.restoreThread(stage.runtime.mainThreadState)
  stage.main.deleteInterpreterState(sub)
})
const endsItsInterpreter = tiny('ends its sub-interpreter', (stage) =>
  stage.main.endInterpreter(stage.main.newInterpreter(stage.homeOf(0))),
)
const restoresWhileAttached = tiny('attaches a thread state while another with its own GIL is attached', (stage) => {
  stage.main.newInterpreter(stage.homeOf(0), { ownGil: true })
  stage.main.restoreThread(stage.runtime.mainThreadState)
})
const sharesNoGil = tiny('waits for the GIL of the main interpreter beside one with its own', (stage) => {
  const { main, mainInterpreter } = stage
  makeSub(stage, true)
  const ready = stage.shared('begins', boolean)
  main.set(ready, truth, 'lets the other begin')
  main.python(mainInterpreter)
  main.saveThread()
  firstOf(stage).waitUntil(ready, 'begins')
  firstOf(stage).callback(mainInterpreter)
})

const deletesWhatItGuards = tiny('deletes an interpreter that it guards', (stage) => {
  stage.main.newInterpreter(stage.homeOf(0))
  stage.main.guardFromCurrent()
  stage.main.swap(stage.runtime.mainThreadState)
  stage.main.deleteInterpreterState(stage.homeOf(0))
})
/** A thread guards the sub-interpreter that main ends. */
const guardsWhatMainEnds = (closesIt: boolean) =>
  tiny('guards an interpreter that another thread ends', (stage) => {
    const sub = stage.homeOf(0)
    const thread = firstOf(stage)
    const first = stage.main.newInterpreter(sub)
    stage.letGo()
    stage.whenReady(thread)
    const guard = thread.guardFromView(sub)
    const wasRefused = isNone(guard, stage.runtime.vocabulary.interpreterOrNone)
    if (closesIt) thread.when(not(wasRefused), () => thread.closeGuard(guard))
    stage.main.restoreThread(first)
    stage.main.endInterpreter(first)
  })
const callsFromMainIntoSub = tiny('calls into a sub-interpreter from the main one', (stage) => {
  const sub = makeSub(stage)
  stage.main.viewedCallback(sub, sub)
  stage.main.saveThread()
})
const keepsAView = (restarts: boolean) =>
  tiny(
    'uses a view again',
    ({ main }) => {
      const view = main.viewFromCurrent()
      if (restarts) {
        main.finalize()
        main.initialize()
      }
      main.guardFromView(view)
    },
    { restarts: true },
  )

/** The model itself is broken: a guard that is refused is counted all the same. */
function countsRefusedGuards(system: TransitionSystem): TransitionSystem {
  return {
    ...system,
    actions: system.actions.map((action) => ({
      ...action,
      assignments: action.assignments.map((assignment) => {
        const { target, value } = assignment
        return target.variable === 'guards of' && value.kind === 'conditional' ? { target, value: value.then } : assignment
      }),
    })),
  }
}

/** One for every promise made since the debate. */
export const laterMutants: Readonly<Record<string, Mutant>> = {
  'only-the-finalizing-thread-runs': {
    broken: { policy: policyOfProfile('3.2'), client: daemonRuns },
    kept: { policy: policyOfProfile('3.14'), client: daemonRuns },
  },
  'finalization-can-always-end': {
    broken: { policy: policyOfProfile('3.14'), client: lockAtFinalization(true) },
    // With forced switching the thread that finalizes may wait for ever for a late thread to take the GIL that it asked for.
    kept: { policy: { ...policyOfProfile('3.14'), forcedSwitching: false }, client: lockAtFinalization(false) },
  },
  'ended-interpreter-is-not-attached': {
    broken: { policy: of312, client: deletesWhatIsAttached },
    kept: { policy: of312, client: endsItsInterpreter },
  },
  'no-gil-is-held-while-waiting-for-another': {
    broken: { policy: of312, client: restoresWhileAttached },
    kept: { policy: of312, client: sharesNoGil },
  },
  'guarded-interpreter-stays': {
    broken: { policy: released, client: deletesWhatItGuards },
    kept: { policy: released, client: guardsWhatMainEnds(true) },
  },
  'no-guard-once-the-end-began': {
    broken: { policy: released, client: migratedLateCallback, damage: countsRefusedGuards },
    kept: { policy: released, client: migratedLateCallback },
  },
  'guards-can-always-be-closed': {
    broken: { policy: released, client: guardsWhatMainEnds(false) },
    kept: { policy: released, client: guardsWhatMainEnds(true) },
  },
  'guards-are-closed-at-rest': {
    broken: { policy: on315({ guardIsOwnedBy: 'the-returned-thread-state' }), client: callsFromMainIntoSub },
    kept: { policy: released, client: callsFromMainIntoSub },
  },
  'view-means-its-interpreter': {
    broken: { policy: released, client: keepsAView(true) },
    kept: { policy: released, client: keepsAView(false) },
  },
  'ensure-attaches-the-guarded-interpreter': {
    broken: { policy: on315({ remembered: 'of-any-interpreter' }), client: migratedVisitor },
    kept: { policy: released, client: migratedVisitor },
  },
}
