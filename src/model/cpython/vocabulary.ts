import { enumeration, orNone, range, scalarset } from '../language/domain.ts'

/** Name of the main interpreter, and of the thread state `Py_Initialize` makes. */
export const mainInterpreter = 'main'
export const mainThreadState = 'main thread state'

/** Name of the main interpreter of the second life, in scenarios that initialize the runtime again. */
export const mainInterpreterAgain = 'main again'

/** Largest `gilstate_counter` the models count to: nesting is at most this deep. */
const deepestNesting = 6

/** Smallest: C goes on counting below zero, and four releases too many are more than any client makes. */
const deepestUnderflow = -4

/** The domains of a scenario. OS threads and interpreters are named by the client; thread states are allocated. */
export function vocabularyOf(threads: readonly string[], interpreters: readonly string[], threadStates: number) {
  const osThread = scalarset('OS thread', { distinguished: threads, interchangeable: 0 })
  const interpreter = scalarset('interpreter', { distinguished: interpreters, interchangeable: 0 })
  const threadState = scalarset('thread state', { distinguished: [mainThreadState], interchangeable: threadStates })
  return Object.freeze({
    osThread,
    osThreadOrNone: orNone(osThread),
    interpreter,
    interpreterOrNone: orNone(interpreter),
    threadState,
    threadStateOrNone: orNone(threadState),
    /** Freed memory stays visible as freed: using it is an outcome of the model, not a crash of it. */
    life: enumeration('life', ['absent', 'alive', 'freed']),
    gilstateCounter: range(deepestUnderflow, deepestNesting),
    gilstateState: enumeration('PyGILState_STATE', ['PyGILState_LOCKED', 'PyGILState_UNLOCKED']),
  })
}

export type OsThread = 'scalarset OS thread'
export type Interpreter = 'scalarset interpreter'
export type ThreadState = 'scalarset thread state'
export type GilstateState = 'enumeration PyGILState_STATE'
