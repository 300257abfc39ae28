import { equal, literal } from '../language/builder.ts'
import type { Client } from './client.ts'

const embedder =
  'An embedder ends a sub-interpreter with Py_EndInterpreter, which leaves the GIL locked and nothing current, as WeeChat does when it unloads a script (weechat-python.c).'

export const endInterpreterThenEnsure: Client = {
  name: 'end-interpreter-then-ensure',
  title: 'Ensure right after Py_EndInterpreter',
  says: `${embedder} Then code that knows nothing of that calls back into the main interpreter with the plain pair, which is documented to work "regardless of the current state of Python, or of the GIL".`,
  kind: 'unmodified',
  write: (stage) => {
    const { main, runtime } = stage
    const hasSub = stage.subInterpreters.length > 0
    if (hasSub) {
      const made = main.newInterpreter(stage.homeOf(0))
      main.python(stage.homeOf(0))
      main.endInterpreter(made)
    }
    const state = main.callback(stage.mainInterpreter)
    const locked = equal(state, literal(runtime.vocabulary.gilstateState, 0))
    main.when(locked, () => {
      if (hasSub) main.swap(runtime.mainThreadState)
      main.saveThread()
    })
    stage.callBackIntoMain(stage.threads.slice(1))
  },
}

export const endInterpreterThenSwapBack: Client = {
  name: 'end-interpreter-then-swap-back',
  title: 'Py_EndInterpreter, swap back, callback',
  says: `${embedder} Then it swaps its main thread state in, lets the GIL go, and is called back into the main interpreter.`,
  kind: 'unmodified',
  write: (stage) => {
    const { main, runtime } = stage
    if (stage.subInterpreters.length > 0) {
      const made = main.newInterpreter(stage.homeOf(0))
      main.python(stage.homeOf(0))
      main.endInterpreter(made)
      main.swap(runtime.mainThreadState)
    }
    const saved = main.saveThread()
    main.repeat(stage.bounds.rounds, () => main.callback(stage.mainInterpreter))
    main.restoreThread(saved)
    main.python(stage.mainInterpreter)
    main.saveThread()
    stage.callBackIntoMain(stage.threads.slice(1))
  },
}
