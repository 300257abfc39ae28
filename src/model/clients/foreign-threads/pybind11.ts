import type { Client } from '../client.ts'
import { finalizeMeanwhile, letOthersAct, withoutTheGil } from '../finalizing-stage.ts'
import { onFirstThread } from '../first-thread.ts'
import { pybind11Acquire } from './pybind11-acquire.ts'

const acquire =
  'gil_scoped_acquire of pybind11 (include/pybind11/gil.h) keeps the thread state in a key of its own beside the GILState slot, makes it in the interpreter it was initialized in, and counts gilstate_counter itself.'

export const pybind11SecondKey: Client = {
  name: 'pybind11-second-key',
  title: 'thread state in a second key, plain callback inside',
  says: `${acquire} A foreign thread calls into the interpreter of a pybind11 module; code there lets the GIL go and calls back with PyGILState_Ensure.`,
  story: 'A foreign thread has two places that say which thread state is its own.',
  kind: 'wrong',
  threadStates: ({ threads, interpreters }) => threads * 3 + interpreters,
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => {
      thread.repeat(stage.bounds.rounds, () => {
        const leave = pybind11Acquire(thread, home, 1)
        thread.python(home)
        withoutTheGil(thread, () => void thread.callback(home))
        leave()
      })
    })
  },
}

export const pybind11InsideAPlainCallback: Client = {
  name: 'pybind11-inside-a-plain-callback',
  title: 'second key used inside and outside of a plain callback',
  says: `${acquire} A foreign thread is called back with PyGILState_Ensure in the main interpreter first; a pybind11 function of a sub-interpreter is called inside of that, without the GIL.`,
  story: 'Inside of a plain callback, pybind11 takes the thread state it finds in the GILState slot.',
  kind: 'wrong',
  threadStates: ({ threads, interpreters }) => threads * 3 + interpreters,
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => {
      thread.repeat(stage.bounds.rounds, () => {
        thread.callback(stage.mainInterpreter, () =>
          withoutTheGil(thread, () => {
            const leave = pybind11Acquire(thread, home, 1)
            thread.python(home)
            leave()
          }),
        )
      })
    })
  },
}

export const pybind11DropsAFunctionAfterTheEnd: Client = {
  name: 'pybind11-drops-a-function-after-the-end',
  title: 'destructor of a stored Python function after finalization',
  says: `${acquire} A std::function that wraps a Python function (include/pybind11/functional.h) takes the GIL so to drop its reference, also when it is destroyed with the static objects of the program, after Py_FinalizeEx.`,
  story: 'A static object is destroyed when Python is gone, and takes the GIL for that.',
  kind: 'wrong',
  finalizes: true,
  write: (stage) => {
    const { main, mainInterpreter } = stage
    main.finalize()
    const leave = pybind11Acquire(main, mainInterpreter, 1)
    main.python(mainInterpreter)
    leave()
  },
}

export const pytorchDeviceThread: Client = {
  name: 'pytorch-device-thread',
  title: 'worker that pins its thread state and asks at its end whether the runtime is initialized',
  says: `The device threads of PyTorch's autograd (torch/csrc/autograd/python_engine.cpp) hold a gil_scoped_acquire and a gil_scoped_release for their whole life, and another pair for each task. At the end they leave the thread state behind unless Py_IsInitialized; the answer may be out of date when they attach it.`,
  story: 'A worker ends while the runtime is finalized.',
  kind: 'wrong',
  finalizes: true,
  write: (stage) => {
    const { mainInterpreter } = stage
    onFirstThread(stage, (thread) => {
      const leave = pybind11Acquire(thread, mainInterpreter, 1)
      const kept = thread.saveThread()
      thread.repeat(stage.bounds.rounds, () => {
        const leaveTask = pybind11Acquire(thread, mainInterpreter, 2)
        thread.python(mainInterpreter)
        leaveTask()
      })
      thread.when(thread.isInitialized(), () => {
        thread.restoreThread(kept)
        leave()
      })
    })
    finalizeMeanwhile(stage)
  },
}

export const pybind11CallbackAtFinalization: Client = {
  name: 'pybind11-callback-at-finalization',
  title: 'second key of a foreign thread, while the runtime is finalized',
  says: `${acquire} A foreign thread calls into the main interpreter while the main thread finalizes; a finalizer lets the GIL go meanwhile.`,
  story: 'A foreign thread enters with a new thread state of its own while modules are torn down.',
  kind: 'wrong',
  finalizes: true,
  write: (stage) => {
    const { main, mainInterpreter } = stage
    onFirstThread(stage, (thread) => {
      const leave = pybind11Acquire(thread, mainInterpreter, 1)
      thread.python(mainInterpreter)
      leave()
    })
    letOthersAct(stage)
    main.finalize({ teardown: () => withoutTheGil(main) })
  },
}
