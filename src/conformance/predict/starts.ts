import type { Schedule } from '../schedule/schedule.ts'
import type { Predictor } from './predictor.ts'

type Written = readonly [variable: string, indices: readonly number[], value: number]

const absent = 0
const none = -1

/** `PyEval_InitThreads` was called, where `Py_Initialize` creates no GIL. */
const withThreads: readonly Written[] = [
  ['GIL exists', [], 1],
  ['GIL is locked', [], 1],
  ['GIL was taken by', [], 0],
]
const theGilIsFree: readonly Written[] = [
  ['GIL is locked', [], 0],
  ['GIL was taken by', [], none],
]
const theGilOfMainIsFree: readonly Written[] = [
  ['GIL is locked of', [0], 0],
  ['GIL was taken by', [0], none],
  ['GIL was taken with', [0], none],
]
/** What `Py_Initialize` makes is not there: no interpreter, no thread state, no key of the slots, and no GIL. */
const beforeInitialization: readonly Written[] = [
  ['runtime is initialized', [], 0],
  ['interpreter of fresh threads', [], none],
  ['the slots have a key', [], 0],
  ['interpreter is', [0], absent],
  ['thread state is', [0], absent],
  ['interpreter of', [0], none],
  ['counter of', [0], 0],
  ['OS thread of', [0], none],
  ['is bound', [0], 0],
  ['slot', [0], none],
  ['current thread state', [], none],
  ['current thread state of', [0], none],
  ['list of thread states of', [0, 0], none],
  ['register', [1], none],
]

/** The machine as it stands before the first step of a schedule: every thread waits for its first call. */
export function stateAt(predictor: Predictor, start: Schedule['start']): Int32Array {
  return written(predictor, start).reduce<Int32Array>(
    (values, [name, indices, value]) => (predictor.has(name) ? predictor.write(values, name, indices, value) : values),
    predictor.initial(),
  )
}

function written(predictor: Predictor, start: Schedule['start']): readonly Written[] {
  switch (start) {
    case 'not initialized':
      return [...beforeInitialization, ...(predictor.machine.policy.gils === 'one' ? theGilIsFree : theGilOfMainIsFree)]
    case 'initialized with threads':
      return predictor.has('GIL exists') ? withThreads : []
    case 'initialized':
      return []
  }
}
