import { mainInterpreter, mainThreadState } from '../../model/cpython/vocabulary.ts'
import type { Expression } from '../../model/language/expression.ts'
import type { CallName, OperandKind } from '../schedule/calls.ts'
import { shapeOf } from '../schedule/calls.ts'
import type { TraceCall } from './trace-calls.ts'

/** What results are called after: the call, in a word. */
const words: { readonly [Name in CallName]?: string } = {
  PyGILState_Ensure: 'gstate',
  PyGILState_GetThisThreadState: 'own',
  PyThreadState_New: 'made',
  PyThreadState_Get: 'current',
  PyThreadState_Swap: 'swapped_out',
  PyEval_SaveThread: 'saved',
  Py_NewInterpreter: 'sub',
  'new interpreter with its own GIL': 'sub',
  PyInterpreterState_New: 'interpreter',
  PyInterpreterGuard_FromCurrent: 'guard',
  PyInterpreterGuard_FromView: 'guard',
  PyInterpreterView_FromCurrent: 'view',
  PyInterpreterView_FromMain: 'view',
  PyThreadState_Ensure: 'token',
  PyThreadState_EnsureFromView: 'token',
}

/** Names for the results of calls, in the order in which they are made: `sub_1`, `saved_1`, `saved_2`. */
export function nameResults(
  calls: readonly TraceCall[],
  startedBy: (call: TraceCall) => string | undefined,
): ReadonlyMap<TraceCall, string> {
  const counts = new Map<string, number>()
  const names = new Map<TraceCall, string>()
  for (const call of calls) {
    const started = startedBy(call)
    const word = words[call.name]
    if (started !== undefined) names.set(call, started)
    if (word === undefined) continue
    const count = (counts.get(word) ?? 0) + 1
    counts.set(word, count)
    names.set(call, `${word}_${count}`)
  }
  return names
}

/** Name that a schedule has for the interpreter that a call with this result makes; undefined for calls that make none. */
export function interpreterMadeBy(call: CallName, result: string): string | undefined {
  if (shapeOf(call).makesInterpreter === true) return `${result}'`
  return call === 'PyInterpreterState_New' ? result : undefined
}

/** What is known of the names of thread states and interpreters on one way through a schedule, after some step. */
export interface Naming {
  /** Names of the thread states that some interpreter lists, by identity: each is called after what first returned it. */
  readonly threadStates: ReadonlyMap<number, string>
  /** The latest result that is this thread state, alive or not. */
  readonly results: ReadonlyMap<number, string>
  readonly interpreters: ReadonlyMap<number, string>
  /** The latest result kept in each variable of a program. */
  readonly kept: ReadonlyMap<string, string>
  /** Thread states of threads that never run: no schedule makes them. */
  readonly leftOut: ReadonlySet<number>
  readonly unnamed: number
}

export const firstNaming: Naming = {
  threadStates: new Map([[0, mainThreadState]]),
  results: new Map([[0, mainThreadState]]),
  interpreters: new Map([[0, mainInterpreter]]),
  kept: new Map(),
  leftOut: new Set(),
  unnamed: 0,
}

/** The variable that a program keeps a result in, or reads an operand from; undefined for anything else. */
export function variableOf(expression: Expression | undefined): string | undefined {
  return expression?.kind === 'read' && expression.indices.length === 0 ? expression.variable : undefined
}

/** An operand's name from its value, where that says it. */
export function nameOfValue(kind: OperandKind, value: number, { results, interpreters }: Naming): string | undefined {
  switch (kind) {
    case 'interpreter':
      return interpreters.get(value)
    case 'thread state':
      return value < 0 ? 'NULL' : results.get(value)
    case 'PyGILState_STATE':
      return value === 0 ? 'PyGILState_LOCKED' : 'PyGILState_UNLOCKED'
    default:
      return undefined
  }
}
