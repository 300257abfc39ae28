import type { GilstateState, Interpreter, ThreadState } from '../../cpython/vocabulary.ts'
import type { Place, Term } from '../../language/builder.ts'
import { add, conditional, equal, integer, isNone, literal, none, not, subtract } from '../../language/builder.ts'
import { boolean, range } from '../../language/domain.ts'
import type { Client } from '../client.ts'
import type { ClientThread } from '../client-thread.ts'
import { withoutTheGil } from '../finalizing-stage.ts'
import { countBy, counterOf } from '../own-counter.ts'
import { swapBack } from '../swap-back.ts'

const fastGil =
  'With CYTHON_FAST_GIL, Cython (Utility/ModuleSetupCode.c) remembers in a thread-local what the GILState slot held, as long as it is inside of a block without the GIL, and attaches that instead of calling PyGILState_Ensure; it counts gilstate_counter itself.'

export const cythonFastGil: Client = {
  name: 'cython-fast-gil',
  title: 'Ensure replaced by a remembered thread state',
  says: `${fastGil} A thread that Python started lets the GIL go and is called back so.`,
  story: 'A block without the GIL is called back, by way of a remembered thread state.',
  kind: 'wrong',
  write: (stage) => {
    stage.startHomeThreads((thread, home) => {
      thread.repeat(stage.bounds.rounds, () => {
        remember(thread)
        withoutTheGil(thread, () => withGil(thread, 1, () => thread.python(home)))
        forget(thread)
        thread.python(home)
      })
    })
  },
}

export const cythonFastGilAfterASwap: Client = {
  name: 'cython-fast-gil-after-a-swap',
  title: 'remembered thread state used after a swap to another interpreter',
  says: `${fastGil} Inside of such a callback the thread is swapped to a sub-interpreter, whose code uses Cython again: what is remembered is the thread state of the main interpreter.`,
  story: 'A thread that is attached to a sub-interpreter attaches the thread state that Cython remembered.',
  kind: 'wrong',
  threadStates: ({ threads, interpreters }) => threads * 3 + interpreters,
  write: (stage) => {
    const { main, mainInterpreter } = stage
    stage.setUp(() => {
      for (const thread of stage.threads) main.startThread(mainInterpreter, stage.bootOf(thread))
    })
    for (const [i, thread] of stage.threads.entries()) {
      const home = stage.homeOf(i)
      thread.asStartedThread(stage.bootOf(thread), () => {
        remember(thread)
        withoutTheGil(thread, () => withGil(thread, 1, () => visit(thread, home)))
        forget(thread)
        thread.python(mainInterpreter)
      })
    }
  },
}

export const cythonAsksWithSwap: Client = {
  name: 'cython-asks-with-swap',
  title: 'PyThreadState_Swap(NULL) to find out whether the thread is attached',
  says: 'With the limited API, Cython (Utility/ModuleSetupCode.c) finds out whether the thread holds the GIL by swapping NULL in and, if something was current, swapping it back. Up to 3.11 the documentation asks for the GIL; since then the question itself lets it go.',
  story: 'Threads ask whether they hold the GIL, one of them without it.',
  kind: 'wrong',
  write: (stage) => {
    const { threadStateOrNone } = stage.runtime.vocabulary
    const ask = (thread: ClientThread): void => {
      const found = thread.swapNull()
      thread.when(not(isNone(found, threadStateOrNone)), () => void thread.swap(found))
    }
    stage.startHomeThreads((thread, home) => {
      thread.repeat(stage.bounds.rounds, () => {
        thread.choose(
          { says: 'asks while attached', do: () => ask(thread) },
          { says: 'asks without the GIL', do: () => withoutTheGil(thread, () => ask(thread)) },
        )
        thread.python(home)
      })
    })
  },
}

function visit(thread: ClientThread, home: Term<Interpreter>): void {
  const made = thread.newThreadState(home)
  const old = thread.swap(made)
  thread.python(home)
  withGil(thread, 2, () => thread.python(home))
  swapBack(thread, old)
  thread.clear(made)
  thread.delete(made)
}

function remembered(thread: ClientThread): Place<ThreadState> {
  return thread.local('thread state that Cython remembers', thread.caller.runtime.vocabulary.threadStateOrNone)
}

function depthOf(thread: ClientThread): Place<'integer'> {
  return thread.local('depth of Cython', range(0, 3))
}

/** `__Pyx_FastGIL_Remember`. */
function remember(thread: ClientThread): void {
  thread.set(depthOf(thread), add(depthOf(thread), integer(1)))
}

/** `__Pyx_FastGIL_Forget`. */
function forget(thread: ClientThread): void {
  const { threadStateOrNone } = thread.caller.runtime.vocabulary
  thread.set(depthOf(thread), subtract(depthOf(thread), integer(1)))
  thread.when(equal(depthOf(thread), integer(0)), () => thread.set(remembered(thread), none(threadStateOrNone)))
}

/** `__Pyx_FastGil_get_tcur`. */
function lookUp(thread: ClientThread): void {
  const { threadStateOrNone } = thread.caller.runtime.vocabulary
  thread.when(isNone(remembered(thread), threadStateOrNone), () => thread.set(remembered(thread), thread.getThisThreadState()))
}

/** A function that takes the GIL: `__Pyx_FastGil_PyGILState_Ensure`, and Release. `level` tells nested ones apart. */
function withGil(thread: ClientThread, level: number, body: () => void): void {
  const { threadStateOrNone, gilstateState } = thread.caller.runtime.vocabulary
  const own = remembered(thread)
  const state: Place<GilstateState> = thread.local(`gilstate of Cython ${level}`, gilstateState)
  const isCurrent = thread.local(`was attached ${level}`, boolean)
  remember(thread)
  lookUp(thread)
  thread.when(
    isNone(own, threadStateOrNone),
    () => thread.set(state, thread.ensure()),
    () => {
      thread.set(isCurrent, equal(thread.getUnchecked(), own))
      thread.when(not(isCurrent), () => thread.restoreThread(own))
      countBy(thread, own, 1)
      thread.set(state, conditional(isCurrent, literal(gilstateState, 0), literal(gilstateState, 1)))
    },
  )
  body()
  lookUp(thread)
  forget(thread)
  thread.when(
    equal(counterOf(thread, own), integer(1)),
    () => thread.release(state),
    () => {
      countBy(thread, own, -1)
      thread.when(equal(state, literal(gilstateState, 1)), () => void thread.saveThread())
    },
  )
}
