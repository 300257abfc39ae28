import type { Probe } from './probe.ts'
import { probe } from './probe.ts'

/** Before initialization, without `PyEval_InitThreads`, and again after finalization. */
export const starting: readonly Probe[] = [
  probe(
    'slot-before-initialization',
    'Can the slot be asked for before initialization?',
    ['M: PyGILState_GetThisThreadState()'],
    'not initialized',
  ),
  probe(
    'check-before-and-after',
    'What does Check say before initialization, after it, and after finalization?',
    ['M: PyGILState_Check()', 'M: Py_Initialize()', 'M: PyGILState_Check()', 'M: Py_FinalizeEx()', 'M: PyGILState_Check()'],
    'not initialized',
  ),
  probe('threads-initialized', 'Is there a GIL without PyEval_InitThreads?', ['M: PyEval_ThreadsInitialized()'], 'initialized'),
  probe(
    'ensure-without-init-threads',
    'Does a fresh thread wait for a main thread that never called PyEval_InitThreads?',
    ['F: PyGILState_Ensure() -> g', 'M: PyEval_ThreadsInitialized()', 'F: PyGILState_Release(g)'],
    'initialized',
  ),
  probe('initialize-again', 'What is in the slot when Python is initialized a second time?', [
    'M: Py_FinalizeEx()',
    'M: PyGILState_GetThisThreadState()',
    'M: Py_Initialize()',
    'M: PyGILState_GetThisThreadState() -> slot',
  ]),
  probe(
    'slot-of-an-earlier-life',
    'What does Ensure do in a thread whose thread state is of the Python before the second initialization?',
    [
      'M: PyEval_SaveThread() -> saved',
      'F: PyThreadState_New(main) -> x',
      'F: PyEval_AcquireThread(x)',
      'F: PyEval_ReleaseThread(x)',
      'M: PyEval_RestoreThread(saved)',
      'M: Py_FinalizeEx()',
      'M: Py_Initialize()',
      'M: PyEval_SaveThread() -> again',
      'F: PyGILState_GetThisThreadState()',
      'F: PyGILState_Ensure() -> g',
      'F: PyGILState_Release(g)',
    ],
  ),
]
