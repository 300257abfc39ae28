import { noFatalError } from '../../src/properties/catalog/no-fatal-error.ts'
import { noNullThreadStateIsUsed } from '../../src/properties/catalog/no-null-thread-state-is-used.ts'
import { pythonRunsWithTheGil } from '../../src/properties/catalog/python-runs-with-the-gil.ts'
import type { KnownBug } from './known-bug.ts'
import { everywhere, nowhere } from './profile-range.ts'
import { actor, turn } from './scenery.ts'

export const interpreterIsCreatedWhileDetached: KnownBug = {
  name: 'interpreter-is-created-while-detached',
  title: 'helper that works without the GIL asks for the current exception first',
  says: 'pybind11 lets a program create a sub-interpreter without the GIL, and saves the current exception before it attaches. There is no current thread state to look it up in.',
  covers: ['pybind-creates-interpreters-detached'],
  threads: 1,
  interpreters: 2,
  program: {
    write: (stage) => {
      const { main } = stage
      main.saveThread()
      main.python(stage.mainInterpreter)
      main.newInterpreter(stage.homeOf(0))
    },
  },
  failure: [noNullThreadStateIsUsed],
  affected: everywhere,
  fixed: nowhere,
  range: 'Repaired in pybind11: CPython does with such a program what it always did.',
  repaired: {
    says: 'It attaches first.',
    on: everywhere,
    program: {
      write: (stage) => {
        const { main } = stage
        const saved = main.saveThread()
        main.restoreThread(saved)
        main.python(stage.mainInterpreter)
        main.newInterpreter(stage.homeOf(0))
        main.saveThread()
      },
    },
  },
}

export const currentThreadStateIsAskedForWithoutTheGil: KnownBug = {
  name: 'current-thread-state-is-asked-for-without-the-gil',
  title: 'PyThreadState_Get on a thread that does not hold the GIL is fatal',
  says: 'The thread that handles an interrupt in LLDB asks for the current thread state while the interpreter waits for input without the GIL: there is none.',
  covers: ['lldb-interrupt-without-the-gil'],
  threads: 2,
  interpreters: 1,
  program: {
    write: (stage) => {
      const { main } = stage
      const handler = actor(stage, 1)
      const isWaiting = turn(stage, 'the interpreter waits for input')
      main.saveThread()
      isWaiting.comes(main)
      isWaiting.isAwaited(handler)
      handler.get()
    },
  },
  failure: [noFatalError],
  outcome: /no current thread$|must be called with the GIL held/,
  affected: everywhere,
  fixed: nowhere,
  range: 'Repaired in LLDB: CPython does with such a program what it always did.',
}

export const nullIsAcquired: KnownBug = {
  name: 'null-is-acquired',
  title: 'PyEval_AcquireThread(NULL) is fatal',
  says: 'Two embedders in one process share a libpython that one of them has finalized or never initialized; a worker acquires the thread state it does not have.',
  covers: ['two-embedders-in-one-process'],
  threads: 2,
  interpreters: 2,
  program: {
    write: (stage) => {
      const never = stage.shared('thread state of the worker', stage.runtime.vocabulary.threadStateOrNone)
      stage.main.saveThread()
      actor(stage, 1).acquireThread(never)
    },
  },
  failure: [noFatalError],
  outcome: /NULL/,
  affected: everywhere,
  fixed: nowhere,
  range: 'Reported for 2.7, and fatal everywhere.',
}

export const referenceIsDroppedWithoutTheGil: KnownBug = {
  name: 'reference-is-dropped-without-the-gil',
  title: 'last reference dropped on a thread that is not attached runs Python code there',
  says: 'collectd frees a callback on a thread that is not attached: the last Py_DECREF runs a destructor, while another thread runs Python code. Up to 3.11 it uses the thread state of that thread, later none.',
  covers: ['collectd-decref-without-the-gil'],
  threads: 2,
  interpreters: 1,
  program: {
    write: (stage) => {
      stage.main.python(stage.mainInterpreter)
      stage.main.saveThread()
      actor(stage, 1).python(stage.mainInterpreter)
    },
  },
  failure: [pythonRunsWithTheGil, noNullThreadStateIsUsed],
  affected: everywhere,
  fixed: nowhere,
  range: 'Repaired in collectd 5.7: CPython does with such a program what it always did.',
  repaired: {
    says: 'The thread calls Ensure before, and Release after.',
    on: everywhere,
    program: {
      write: (stage) => {
        stage.main.python(stage.mainInterpreter)
        stage.main.saveThread()
        actor(stage, 1).callback(stage.mainInterpreter)
      },
    },
  },
}
