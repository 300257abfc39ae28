import type { Client } from '../client.ts'
import { withoutTheGil } from '../finalizing-stage.ts'
import { onDaemon } from '../first-thread.ts'

export const vimKeepsOneSavedThreadState: Client = {
  name: 'vim-keeps-one-saved-thread-state',
  title: 'editor that restores one thread state for every command',
  says: 'Vim (if_python.c, before it used GILState) lets the GIL go between commands and keeps the thread state in a global; every :python command restores it and saves it again. Threads that Python code started run in between.',
  story: 'The main thread restores the same thread state for every command.',
  kind: 'unmodified',
  write: (stage) => {
    const { main, mainInterpreter } = stage
    onDaemon(stage, (thread) => {
      withoutTheGil(thread)
      thread.python(mainInterpreter)
    })
    main.python(mainInterpreter)
    const saved = main.saveThread()
    main.repeat(stage.bounds.rounds, () => {
      main.restoreThread(saved)
      main.python(mainInterpreter)
      main.saveThread()
    })
  },
}

export const vimFinalizesInsideEnsure: Client = {
  name: 'vim-finalizes-inside-ensure',
  title: 'editor that finalizes inside an Ensure that is never released',
  says: 'Vim (if_python3.c) lets the GIL go with a bare PyEval_SaveThread, takes it for every command with PyGILState_Ensure, also for a command that a command runs, and exits with PyGILState_Ensure and Py_Finalize. The first thread state is never deleted, since its counter began at one.',
  story: 'The main thread finalizes the runtime inside PyGILState_Ensure, while daemon threads run.',
  kind: 'unmodified',
  finalizes: true,
  write: (stage) => {
    const { main, mainInterpreter } = stage
    onDaemon(stage, (thread) => {
      thread.python(mainInterpreter)
      withoutTheGil(thread)
    })
    main.saveThread()
    main.repeat(stage.bounds.rounds, () => main.callback(mainInterpreter, () => main.callback(mainInterpreter)))
    main.ensure()
    main.finalize()
  },
}
