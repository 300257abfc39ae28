import type { ClientThread } from '../../src/model/clients/client-thread.ts'
import type { Stage } from '../../src/model/clients/stage.ts'
import { currentFor } from '../../src/model/cpython/current.ts'
import { event, happens, unequal } from '../../src/model/language/builder.ts'
import { promise } from '../../src/properties/catalog/promise.ts'
import type { BugProgram, KnownBug } from './known-bug.ts'
import { everywhere, nowhere } from './profile-range.ts'
import { actor, turn } from './scenery.ts'

const looks = 'looks for the worker among the thread states of an interpreter'
const missesTheWorker = 'looks for the worker among the thread states of another interpreter'

const interruptsReachTheirThread = promise(
  {
    name: 'interrupts-reach-their-thread',
    violation: 'interrupt not delivered',
    says: 'PyThreadState_SetAsyncExc looks for a thread where its thread state is.',
    promisedBy: '3.2 documentation of PyThreadState_SetAsyncExc: "Asynchronously raise an exception in a thread"',
    consequence: 'No thread is found, none is interrupted, and nobody is told but by a return value of 0.',
  },
  () => ({ kind: 'forbidden-transition', forbids: happens(missesTheWorker), premise: happens(looks) }),
)

/** `PyThreadState_SetAsyncExc` walks the list of the interpreter that its caller is attached to; the worker is in the sub-interpreter. */
function interrupt(stage: Stage, monitor: ClientThread): void {
  const { program, runtime } = monitor.caller
  const here = runtime.threadStates.interpreter.at(currentFor(monitor.caller))
  program.step(looks, undefined, { events: [event(looks), event(missesTheWorker, unequal(here, stage.homeOf(0)))] })
}

/** A worker runs a request in the sub-interpreter; a monitor interrupts it. */
function monitored(attach: (monitor: ClientThread, stage: Stage, body: () => void) => void): BugProgram {
  return {
    write: (stage) => {
      const sub = stage.homeOf(0)
      const worker = actor(stage, 1)
      const monitor = actor(stage, 2)
      const runs = turn(stage, 'a request runs')
      stage.setUp()
      stage.whenReady(worker)
      worker.acquireThread(worker.newThreadState(sub))
      runs.comes(worker)
      worker.saveThread()
      runs.isAwaited(monitor)
      attach(monitor, stage, () => interrupt(stage, monitor))
    },
  }
}

export const monitorLooksInTheWrongInterpreter: KnownBug = {
  name: 'monitor-looks-in-the-wrong-interpreter',
  title: 'interrupt of a worker in a sub-interpreter is not delivered',
  says: 'A monitor thread attaches with Ensure and interrupts a worker that runs too long with PyThreadState_SetAsyncExc, which walks the thread states of the current interpreter. That is the main one, and the worker is in a sub-interpreter.',
  covers: ['monitor-cannot-interrupt-a-sub-interpreter'],
  threads: 2,
  interpreters: 2,
  mainSetsTheScene: true,
  program: monitored((monitor, _, body) => {
    const state = monitor.ensure()
    body()
    monitor.release(state)
  }),
  failure: [interruptsReachTheirThread],
  affected: everywhere,
  fixed: nowhere,
  repaired: {
    says: "The monitor attaches a thread state of its own in the worker's interpreter.",
    on: everywhere,
    program: monitored((monitor, stage, body) => {
      const own = monitor.newThreadState(stage.homeOf(0))
      monitor.acquireThread(own)
      body()
      monitor.clear(own)
      monitor.deleteCurrent()
    }),
  },
}
