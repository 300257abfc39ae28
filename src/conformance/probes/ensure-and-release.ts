import type { Probe } from './probe.ts'
import { probe } from './probe.ts'

/** `PyGILState_Ensure` and its relatives in one interpreter. */
export const ensureAndRelease: readonly Probe[] = [
  probe('what-initialization-leaves', 'What is current, in the slot and counted right after initialization?', [
    'M: PyGILState_GetThisThreadState() -> slot',
    'M: PyThreadState_Get() -> current',
    'F: PyGILState_GetThisThreadState()',
  ]),
  probe('check-while-detached', 'Does PyGILState_Check see that the thread state was put away?', [
    'M: PyGILState_Check()',
    'M: PyEval_SaveThread() -> saved',
    'M: PyGILState_Check()',
    'M: PyEval_RestoreThread(saved)',
    'M: PyGILState_Check()',
  ]),
  probe('ensure-finds-what-was-saved', 'Does Ensure attach the thread state that SaveThread put away?', [
    'M: PyEval_SaveThread() -> saved',
    'M: PyGILState_Ensure() -> g',
    'M: PyGILState_Release(g)',
    'M: PyEval_RestoreThread(saved)',
  ]),
  probe('ensure-nests', 'Does Ensure count while its thread is attached?', [
    'M: PyGILState_Ensure() -> g',
    'M: PyGILState_Ensure() -> h',
    'M: PyGILState_Release(h)',
    'M: PyGILState_Release(g)',
  ]),
  probe('release-unlocked-without-ensure', 'What does one Release too many do when told to detach?', [
    'M: PyGILState_Release(PyGILState_UNLOCKED)',
  ]),
  probe('release-locked-without-ensure', 'What does one Release too many do when told to stay attached?', [
    'M: PyGILState_Release(PyGILState_LOCKED)',
  ]),
  probe('release-while-detached', 'Does Release see that its thread state is not attached?', [
    'M: PyEval_SaveThread() -> saved',
    'M: PyGILState_Release(PyGILState_UNLOCKED)',
  ]),
  probe('release-in-a-fresh-thread', 'Does Release see that its thread has no thread state?', [
    'F: PyGILState_Release(PyGILState_UNLOCKED)',
  ]),
  probe('fresh-thread-sees-nothing', 'What does a thread without a thread state see as current?', [
    'F: PyGILState_GetThisThreadState()',
    'F: PyGILState_Check()',
    'F: PyThreadState_Get()',
  ]),
  probe('ensure-in-a-fresh-thread', 'Does the outermost Ensure make a thread state, and its Release delete it?', [
    'M: PyEval_SaveThread() -> saved',
    'F: PyGILState_Ensure() -> g',
    'F: PyGILState_Ensure() -> h',
    'F: PyGILState_Release(h)',
    'F: PyGILState_Release(g)',
    'M: PyEval_RestoreThread(saved)',
  ]),
  probe('ensure-within-save', 'Does Ensure find the thread state of the Ensure around it?', [
    'M: PyEval_SaveThread() -> saved',
    'F: PyGILState_Ensure() -> g',
    'F: PyEval_SaveThread() -> own',
    'F: PyGILState_Ensure() -> h',
    'F: PyGILState_Release(h)',
    'F: PyEval_RestoreThread(own)',
    'F: PyGILState_Release(g)',
  ]),
  probe('check-with-another-thread-state', 'What does Check say of a thread state that is attached but not in the slot?', [
    'M: PyThreadState_New(main) -> x',
    'M: PyThreadState_Swap(x) -> before',
    'M: PyGILState_Check()',
  ]),
  probe('ensure-after-saving-another', 'Which thread state does Ensure attach when another than the one in the slot was put away?', [
    'M: PyThreadState_New(main) -> x',
    'M: PyThreadState_Swap(x) -> before',
    'M: PyEval_SaveThread() -> saved',
    'M: PyGILState_Ensure() -> g',
  ]),
  probe('ensure-with-another-attached', 'Does Ensure wait for ever when a thread state is attached that is not in the slot?', [
    'M: PyThreadState_New(main) -> x',
    'M: PyThreadState_Swap(x) -> before',
    'M: PyGILState_Ensure() -> g',
  ]),
  probe('ensure-uses-a-new-thread-state', 'Does Ensure use a thread state that its thread made but never attached?', [
    'M: PyEval_SaveThread() -> saved',
    'F: PyThreadState_New(main) -> x',
    'F: PyGILState_Ensure() -> g',
    'F: PyGILState_Release(g)',
  ]),
  probe('release-lets-a-waiting-thread-in', 'Does a nested Ensure and Release let a waiting thread have the GIL?', [
    'F: PyGILState_Ensure() -> f',
    'M: PyGILState_Ensure() -> g',
    'M: PyGILState_Release(g)',
    'M: PyEval_SaveThread() -> saved',
    'F: PyGILState_Release(f)',
  ]),
]
