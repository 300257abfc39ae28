import type { Interpreter } from '../../cpython/vocabulary.ts'
import type { Term } from '../../language/builder.ts'
import type { Client } from '../client.ts'
import { needsOwnGils } from '../client.ts'
import type { ClientThread } from '../client-thread.ts'
import { withoutTheGil } from '../finalizing-stage.ts'
import { onFirstThread, onThreadOfMain } from '../first-thread.ts'
import { foreignEvent, tell, waitFor } from '../foreign-event.ts'
import { swapBack } from '../swap-back.ts'

const activation =
  'subinterpreter_scoped_activate of pybind11 (include/pybind11/subinterpreter.h, for 3.12) makes a thread state in the interpreter and swaps it in; afterwards it clears and deletes it and swaps back what was there.'

export const pybind11Activates: Client = {
  name: 'pybind11-activates-a-sub-interpreter',
  title: 'visit of a sub-interpreter from a thread of the main one, callback inside',
  says: `${activation} A thread of the main interpreter visits a sub-interpreter so; code there lets the GIL go and is called back, and so is the thread in the main interpreter afterwards.`,
  story: 'A thread of the main interpreter activates a sub-interpreter, is called back there, and at home afterwards.',
  kind: 'unmodified',
  doesNotApply: needsOwnGils,
  threadStates: ({ threads, interpreters }) => threads * 3 + interpreters,
  write: (stage) => {
    onThreadOfMain(stage, (thread, visited) => {
      thread.repeat(stage.bounds.rounds, () => {
        activate(thread, visited, () => withoutTheGil(thread, () => void thread.callback(visited)))
        withoutTheGil(thread, () => void thread.callback(stage.mainInterpreter))
      })
    })
  },
}

export const pybind11NestsActivations: Client = {
  name: 'pybind11-nests-activations',
  title: 'main, sub-interpreter, main again on one foreign thread',
  says: `${activation} A foreign thread activates the main interpreter, inside of it a sub-interpreter, and inside of that the main interpreter again: a second thread state of one thread in one interpreter.`,
  story: 'A thread activates the main interpreter twice, with a sub-interpreter in between.',
  kind: 'unmodified',
  doesNotApply: needsOwnGils,
  threadStates: ({ threads, interpreters }) => threads * 4 + interpreters,
  write: (stage) => {
    stage.setUp()
    onFirstThread(stage, (thread, home) => {
      activate(thread, stage.mainInterpreter, () => {
        activate(thread, home, () => {
          activate(thread, stage.mainInterpreter)
          thread.python(home)
        })
        thread.python(stage.mainInterpreter)
      })
    })
  },
}

export const pybind11Destroys: Client = {
  name: 'pybind11-destroys-a-sub-interpreter',
  title: 'ends a sub-interpreter whose first thread state is gone, with a new one',
  says: `The creation of a sub-interpreter in pybind11 (include/pybind11/subinterpreter.h) deletes the thread state that Py_NewInterpreterFromConfig made, on 3.13 and later; its destruction makes another, swaps it in, calls Py_EndInterpreter and swaps back. No thread has it activated then, as the documentation asks.`,
  story: 'The main thread ends a sub-interpreter with a thread state made for that, when all activations are over.',
  kind: 'unmodified',
  doesNotApply: needsOwnGils,
  write: (stage) => {
    const { main, runtime } = stage
    const [sub] = stage.subInterpreters
    if (sub === undefined) return
    const isDone = stage.threads.map(({ name }) => foreignEvent(stage, `${name} is done`))
    // 3.12 cannot make a thread state in an interpreter that has none.
    const deletesTheFirst = runtime.policy.firstThreadStateIsReused
    const first = main.newInterpreter(sub, { ownGil: true })
    if (deletesTheFirst) {
      main.clear(first)
      main.deleteCurrent()
    }
    main.swap(runtime.mainThreadState)
    stage.letGo()
    stage.eachThread((thread, _, position) => {
      activate(thread, sub)
      for (const event of isDone.slice(position, position + 1)) tell(thread, event)
    })
    for (const event of isDone) waitFor(main, event)
    main.restoreThread(runtime.mainThreadState)
    const last = deletesTheFirst ? main.newThreadState(sub) : first
    const old = main.swap(last)
    main.endInterpreter(last)
    main.swap(old)
    withoutTheGil(main, () => void main.callback(stage.mainInterpreter))
    main.saveThread()
  },
}

/** `subinterpreter_scoped_activate` of another interpreter than the current one, and its end. */
function activate(thread: ClientThread, interpreter: Term<Interpreter>, inside: () => void = () => undefined): void {
  const made = thread.newThreadState(interpreter)
  const old = thread.swap(made)
  thread.python(interpreter)
  inside()
  thread.clear(made)
  thread.deleteCurrent()
  swapBack(thread, old)
}
