import type { Interpreter, ThreadState } from '../../cpython/vocabulary.ts'
import type { Place, Term } from '../../language/builder.ts'
import type { Client } from '../client.ts'
import type { Stage } from '../stage.ts'
import { swapBack } from '../swap-back.ts'

const scripts =
  'WeeChat (plugins/python/weechat-python.c) has one sub-interpreter for each script and one OS thread, which never lets the GIL go: every call swaps NULL in, then the thread state of the script, and afterwards what was there before.'

export const weechatCallsBetweenScripts: Client = {
  name: 'weechat-calls-between-scripts',
  title: 'one thread that swaps between the interpreters of scripts',
  says: `${scripts} A script may call a command of another script. In the end each is unloaded with Py_EndInterpreter, the main thread state is swapped in, and the runtime finalized.`,
  story: 'A script calls WeeChat, which calls another script, and all are unloaded.',
  kind: 'unmodified',
  finalizes: true,
  write: (stage) => {
    const { main, runtime } = stage
    const loaded = load(stage)
    const last = loaded.at(-1)
    for (const script of loaded) call(stage, script, () => (last === undefined ? undefined : call(stage, last)))
    for (const { threadState } of loaded) {
      main.swap(threadState)
      main.endInterpreter(threadState)
    }
    if (loaded.length > 0) main.swap(runtime.mainThreadState)
    main.python(stage.mainInterpreter)
    main.finalize()
  },
}

export const weechatUnloadsTheCaller: Client = {
  name: 'weechat-unloads-a-script-that-runs',
  title: 'ends the interpreter of a script that is still on the stack',
  says: `${scripts} A script may unload itself: its interpreter is gone when the command returns into its code, and its thread state is what is swapped back.`,
  story: 'A command of a script unloads the script, and returns into it.',
  kind: 'wrong',
  write: (stage) => {
    const { main } = stage
    for (const script of load(stage)) {
      call(stage, script, () => {
        main.swap(script.threadState)
        main.endInterpreter(script.threadState)
      })
    }
  },
}

interface Script {
  readonly interpreter: Term<Interpreter>
  readonly threadState: Place<ThreadState>
}

/** Loads a script into each sub-interpreter; the last one's thread state stays current. */
function load({ main, subInterpreters }: Stage): readonly Script[] {
  return subInterpreters.map((interpreter) => ({ interpreter, threadState: main.newInterpreter(interpreter) }))
}

/** Calls a script, which may call WeeChat and goes on afterwards. */
function call({ main }: Stage, { interpreter, threadState }: Script, inside?: () => void): void {
  const old = main.swapNull()
  main.swap(threadState)
  main.python(interpreter)
  if (inside !== undefined) {
    inside()
    main.python(interpreter)
  }
  swapBack(main, old)
}
