import type { Term } from '../../language/builder.ts'
import { member } from '../../language/builder.ts'
import type { RuntimeState } from '../runtime-state.ts'
import { osThreadAt } from '../runtime-state.ts'
import type { Interpreter, OsThread, ThreadState } from '../vocabulary.ts'
import { mainInterpreterAgain } from '../vocabulary.ts'

/** `runtime->main_tstate`: what the last `Py_Initialize` made. */
export function mainThreadStateOf(runtime: RuntimeState): Term<ThreadState> {
  return runtime.restarts ? runtime.finalization.mainThreadState.at() : runtime.mainThreadState
}

/** `runtime->main_thread`: the OS thread that called `Py_Initialize` last. */
export function mainThreadOf(runtime: RuntimeState): Term<OsThread> {
  return runtime.restarts ? runtime.finalization.mainThread.at() : osThreadAt(runtime, 0)
}

/** The main interpreters of all lives of the runtime. */
export function mainInterpreters({ main, restarts, vocabulary }: RuntimeState): readonly Term<Interpreter>[] {
  return restarts ? [main, member(vocabulary.interpreter, mainInterpreterAgain)] : [main]
}
