import { isNone, not } from '../../language/builder.ts'
import type { Client } from '../client.ts'
import { needsThreadStateEnsure } from '../client.ts'
import { withoutTheGil } from '../finalizing-stage.ts'
import { foreignEvent, tell, waitFor } from '../foreign-event.ts'

export const callsBackFromAtexit: Client = {
  name: 'calls-back-from-atexit',
  title: 'plain callbacks of an atexit function and of a finalizer',
  says: 'A library cleans up in a function registered with atexit, and in the finalizer of an object of a module: each calls back with PyGILState_Ensure and PyGILState_Release on the thread that finalizes, attached, and with the GIL let go. Any binding of C++ objects with destructors does (pybind11, docs/advanced/misc.rst).',
  story: 'The thread that finalizes is called back by an atexit function and by a finalizer.',
  kind: 'unmodified',
  finalizes: true,
  write: (stage) => {
    const { main, mainInterpreter } = stage
    const cleanUp = (): void => {
      main.callback(mainInterpreter)
      withoutTheGil(main, () => void main.callback(mainInterpreter))
    }
    main.finalize({ atexit: cleanUp, teardown: cleanUp })
  },
}

export const migratedCallsBackFromAtexit: Client = {
  name: 'migrated-calls-back-from-atexit',
  title: 'callbacks of an atexit function and of a finalizer with a view',
  says: 'As calls-back-from-atexit, with PyThreadState_EnsureFromView and a view of the main interpreter: when modules are torn down no guard is given any more, and the finalizer is told so although its thread could run.',
  story: 'The thread that finalizes asks for a guard, in an atexit function and in a finalizer.',
  kind: 'migrated',
  doesNotApply: needsThreadStateEnsure,
  finalizes: true,
  write: (stage) => {
    const { main, mainInterpreter } = stage
    const view = main.viewFromMain()
    const cleanUp = (): void => {
      main.viewedCallback(mainInterpreter, view)
      withoutTheGil(main, () => main.viewedCallback(mainInterpreter, view))
      const guard = main.guardFromCurrent()
      main.when(not(isNone(guard, stage.runtime.vocabulary.interpreterOrNone)), () => main.closeGuard(guard))
    }
    main.finalize({ atexit: cleanUp, teardown: cleanUp })
    main.closeView(view)
  },
}

const destructor =
  'A C++ object that refers to a Python object takes the GIL with PyGILState_Ensure in its destructor (pybind11, docs/advanced/misc.rst; memray issue 228).'

export const staticDestructorAfterTheEnd: Client = {
  name: 'static-destructor-after-the-end',
  title: 'plain callback after Py_FinalizeEx, on the same thread',
  says: `${destructor} It is a static object, and destroyed after Py_FinalizeEx has returned.`,
  story: 'The main thread calls PyGILState_Ensure after it has finalized the runtime.',
  kind: 'wrong',
  finalizes: true,
  write: (stage) => {
    stage.main.finalize()
    stage.main.callback(stage.mainInterpreter)
  },
}

export const threadLocalDestructorAfterTheEnd: Client = {
  name: 'thread-local-destructor-after-the-end',
  title: 'plain callback after Py_FinalizeEx, on a thread that was called back before',
  says: `${destructor} It belongs to a foreign thread that was called back before, and that ends after Py_FinalizeEx has returned.`,
  story: 'A thread that outlives the runtime calls PyGILState_Ensure again.',
  kind: 'wrong',
  finalizes: true,
  write: (stage) => {
    const { main, mainInterpreter } = stage
    const isOver = foreignEvent(stage, 'the runtime is finalized')
    const wereCalled = stage.threads.map(({ name }) => foreignEvent(stage, `${name} was called back`))
    for (const [i, thread] of stage.threads.entries()) {
      thread.callback(mainInterpreter)
      for (const event of wereCalled.slice(i, i + 1)) tell(thread, event)
      waitFor(thread, isOver)
      thread.callback(mainInterpreter)
    }
    withoutTheGil(main, () => {
      for (const event of wereCalled) waitFor(main, event)
    })
    main.finalize()
    tell(main, isOver)
  },
}
