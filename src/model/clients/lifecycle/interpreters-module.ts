import { falsehood, not, truth } from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import type { Client } from '../client.ts'
import { withoutTheGil } from '../finalizing-stage.ts'

export const interpretersDestroyWhileRun: Client = {
  name: 'interpreters-module-destroys-while-it-runs',
  title: 'asks whether the interpreter runs, and ends it',
  says: 'destroy of the interpreters module (Modules/_interpretersmodule.c) refuses an interpreter that runs, and else ends it; run_string makes a thread state there, swaps it in and only then says that it runs (CPython issue 127041). Both are called by threads of the main interpreter.',
  story: 'One thread begins to run code in the interpreter that another has found idle and ends.',
  kind: 'wrong',
  write: (stage) => {
    const { main, mainInterpreter, runtime } = stage
    const [sub] = stage.subInterpreters
    if (sub === undefined) return
    const isRunning = stage.shared('the interpreter runs', boolean)
    const head = stage.shared('head thread state', runtime.vocabulary.threadStateOrNone)
    // Since 3.13 the thread state that made the interpreter is deleted, and destroy makes another; before, it takes the one that is there.
    const deletesTheFirst = runtime.policy.attaching === 'attaches'
    const first = main.newInterpreter(sub)
    if (deletesTheFirst) {
      main.clear(first)
      main.deleteCurrent()
    } else main.set(head, first)
    main.swap(runtime.mainThreadState)
    for (const thread of stage.threads) main.startThread(mainInterpreter, stage.bootOf(thread))
    stage.letGo()
    const [destroyer, ...runners] = stage.threads
    destroyer?.asStartedThread(stage.bootOf(destroyer), () => {
      destroyer.when(not(isRunning), () => {
        if (deletesTheFirst) destroyer.set(head, destroyer.newThreadState(sub))
        const old = destroyer.swap(head)
        destroyer.endInterpreter(head)
        destroyer.swap(old)
      })
    })
    for (const runner of runners) {
      runner.asStartedThread(stage.bootOf(runner), () => {
        const made = runner.newThreadState(sub)
        const old = runner.swap(made)
        runner.set(isRunning, truth, 'says that the interpreter runs')
        runner.python(sub)
        runner.set(isRunning, falsehood, 'says that the interpreter does not run')
        runner.clear(made)
        runner.swap(old)
        runner.delete(made)
      })
    }
  },
}

export const interpretersBorrowTheHead: Client = {
  name: 'interpreters-module-borrows-the-head',
  title: 'runs code with the first thread state of the interpreter, made by another thread',
  says: 'Up to 3.12 the interpreters module (Modules/_xxsubinterpretersmodule.c) runs code with the head thread state of the interpreter, which the thread that made it left there (CPython issue 109860): it is attached on another OS thread. Extension code lets the GIL go there and calls back, and afterwards at home.',
  story: 'A thread of the main interpreter swaps in a thread state of the sub-interpreter that the main thread made.',
  kind: 'wrong',
  write: (stage) => {
    const { main, mainInterpreter, runtime } = stage
    const [sub] = stage.subInterpreters
    const [borrower] = stage.threads
    if (sub === undefined || borrower === undefined) return
    const head = stage.shared('head thread state', runtime.vocabulary.threadStateOrNone)
    main.set(head, main.newInterpreter(sub))
    main.swap(runtime.mainThreadState)
    main.startThread(mainInterpreter, stage.bootOf(borrower))
    stage.letGo()
    borrower.asStartedThread(stage.bootOf(borrower), () => {
      const old = borrower.swap(head)
      borrower.python(sub)
      withoutTheGil(borrower, () => void borrower.callback(sub))
      borrower.swap(old)
      withoutTheGil(borrower, () => void borrower.callback(mainInterpreter))
    })
  },
}
