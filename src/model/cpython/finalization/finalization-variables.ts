import { variable } from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import type { vocabularyOf } from '../vocabulary.ts'

/** What the runtime keeps of its life as a whole. */
export function finalizationVariables({ threadStateOrNone, osThreadOrNone, interpreterOrNone }: ReturnType<typeof vocabularyOf>) {
  return {
    /** `Py_IsInitialized`. */
    isInitialized: variable('runtime is initialized', boolean, { initial: 1, says: 'runtime->initialized' }),
    /** The thread state that finalizes the runtime, and its OS thread. Only compared, so it may be freed. */
    finalizing: variable('runtime is finalized by', threadStateOrNone, { says: '_Py_Finalizing' }),
    finalizingThread: variable('runtime is finalized by the thread', osThreadOrNone, { says: '_finalizing_id' }),
    /** The only interpreter that Ensure makes thread states in; none before initialization and after finalization. */
    autoInterpreter: variable('interpreter of fresh threads', interpreterOrNone, { initial: 0, says: 'autoInterpreterState' }),
    /** The key of the slots exists. */
    keyExists: variable('the slots have a key', boolean, { initial: 1, says: 'autoTLSkey != -1' }),
    /** What `Py_Initialize` made, and the thread that called it, where the runtime has several lives. */
    mainThreadState: variable('main thread state of this life', threadStateOrNone, { initial: 0, says: 'runtime->main_tstate' }),
    mainThread: variable('main thread of this life', osThreadOrNone, { initial: 0, says: 'runtime->main_thread' }),
  }
}
