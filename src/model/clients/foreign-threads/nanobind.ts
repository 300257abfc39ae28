import type { Interpreter } from '../../cpython/vocabulary.ts'
import type { Term } from '../../language/builder.ts'
import { isNone } from '../../language/builder.ts'
import type { Client } from '../client.ts'
import { needsEnsureFromView } from '../client.ts'
import type { ClientThread } from '../client-thread.ts'
import { finalizeWithABlockingFinalizer, withoutTheGil } from '../finalizing-stage.ts'
import { onDaemon, onFirstThread } from '../first-thread.ts'

const acquire =
  'gil_scoped_acquire of nanobind (src/nb_internals.cpp, include/nanobind/nb_misc.h) does nothing in a thread that is attached; else it calls PyThreadState_EnsureFromView with one view of the main interpreter that it never closes, and the caller asks whether it got a thread state.'

export const nanobindOnForeignThreads: Client = {
  name: 'nanobind-on-foreign-threads',
  title: 'callback with a view of the main interpreter, while the runtime is finalized',
  says: `${acquire} Foreign threads call back while the main thread finalizes.`,
  story: 'Foreign threads are attached, or told that it is too late.',
  kind: 'migrated',
  doesNotApply: needsEnsureFromView,
  finalizes: true,
  write: (stage) => {
    onFirstThread(stage, (thread) => {
      thread.repeat(stage.bounds.rounds, () => nanobindAcquire(thread, stage.mainInterpreter, stage.mainInterpreter))
    })
    finalizeWithABlockingFinalizer(stage)
  },
}

export const nanobindWhileAttached: Client = {
  name: 'nanobind-needs-no-guard-while-attached',
  title: 'attached thread without a guard that lets the GIL go inside',
  says: `${acquire} A thread that Python started needs no guard, says the comment, since the interpreter cannot disappear under an attached thread; what it calls lets the GIL go and takes it back.`,
  story: 'An attached thread enters without a guard, lets the GIL go, and never gets it back.',
  kind: 'migrated',
  doesNotApply: needsEnsureFromView,
  finalizes: true,
  write: (stage) => {
    onDaemon(stage, (thread) => {
      nanobindAcquire(thread, stage.mainInterpreter, stage.mainInterpreter, () => withoutTheGil(thread))
    })
    finalizeWithABlockingFinalizer(stage)
  },
}

export const nanobindInASubInterpreter: Client = {
  name: 'nanobind-takes-whatever-is-attached',
  title: 'callback of the main interpreter on a thread that is attached to another',
  says: `${acquire} On a thread of a sub-interpreter an object of the main interpreter is used: attached, whatever is attached is taken; without the GIL, the main interpreter. Plain callbacks of the sub-interpreter follow.`,
  story: 'A thread of a sub-interpreter uses an object of the main one, and is called back at home afterwards.',
  kind: 'migrated',
  doesNotApply: needsEnsureFromView,
  write: (stage) => {
    const { mainInterpreter } = stage
    const [thread] = stage.threads
    if (thread === undefined) return
    const home = stage.homeOf(0)
    stage.setUp(() => stage.main.startThread(home, stage.bootOf(thread)))
    thread.asStartedThread(stage.bootOf(thread), () => {
      thread.repeat(stage.bounds.rounds, () => {
        thread.choose(
          { says: 'uses it while attached', do: () => nanobindAcquire(thread, mainInterpreter, mainInterpreter) },
          {
            says: 'uses it without the GIL',
            do: () => withoutTheGil(thread, () => nanobindAcquire(thread, mainInterpreter, mainInterpreter)),
          },
        )
        withoutTheGil(thread, () => void thread.callback(home))
      })
    })
  },
}

/** Runs Python of `home` attached as nanobind attaches: not at all where something is current. */
function nanobindAcquire(
  thread: ClientThread,
  home: Term<Interpreter>,
  view: Term<Interpreter>,
  inside: () => void = () => undefined,
): void {
  const use = (): void => {
    thread.python(home)
    inside()
  }
  const current = thread.getUnchecked()
  thread.when(isNone(current, thread.caller.runtime.vocabulary.threadStateOrNone), () => thread.viewedCallback(home, view, use), use)
}
