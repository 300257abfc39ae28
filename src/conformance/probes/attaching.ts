import type { Probe } from './probe.ts'
import { probe } from './probe.ts'

/** Attaching and detaching by hand, rightly and wrongly. */
export const attaching: readonly Probe[] = [
  probe('get-while-detached', 'Is PyThreadState_Get fatal when nothing is attached?', [
    'M: PyEval_SaveThread() -> saved',
    'M: PyThreadState_Get()',
  ]),
  probe('save-twice', 'Is a second SaveThread fatal?', ['M: PyEval_SaveThread() -> saved', 'M: PyEval_SaveThread()']),
  probe('restore-while-attached', 'Does RestoreThread of what is attached wait for ever?', ['M: PyEval_RestoreThread(main thread state)']),
  probe('restore-nothing', 'Is RestoreThread of NULL fatal?', ['M: PyEval_SaveThread() -> saved', 'M: PyEval_RestoreThread(NULL)']),
  probe('acquire-while-attached', 'Does AcquireThread of what is attached wait for ever?', ['M: PyEval_AcquireThread(main thread state)']),
  probe('release-another', 'Does ReleaseThread see that another thread state is attached?', [
    'M: PyThreadState_New(main) -> x',
    'M: PyEval_ReleaseThread(x)',
  ]),
  probe('swap-to-null', 'Who holds the GIL after Swap(NULL)?', ['M: PyThreadState_Swap(NULL) -> before', 'M: PyGILState_Check()']),
  probe('swap-while-detached', 'Does Swap take the GIL for a detached thread?', [
    'M: PyEval_SaveThread() -> saved',
    'M: PyThreadState_Swap(main thread state) -> before',
    'M: PyGILState_Check()',
  ]),
  probe('acquire-lock-while-detached', 'What is current after AcquireLock?', [
    'M: PyEval_SaveThread() -> saved',
    'M: PyEval_AcquireLock()',
    'M: PyGILState_Check()',
  ]),
  probe('acquire-lock-while-attached', 'Does AcquireLock of a thread that holds the GIL wait for ever?', ['M: PyEval_AcquireLock()']),
  probe('release-lock-for-another', 'Can another thread work between ReleaseLock and AcquireLock?', [
    'M: PyEval_ReleaseLock()',
    'F: PyGILState_Ensure() -> g',
    'F: PyGILState_Release(g)',
    'M: PyEval_AcquireLock()',
  ]),
  probe('swap-to-null-and-release-lock', 'Do Swap(NULL) and ReleaseLock make a SaveThread?', [
    'M: PyThreadState_Swap(NULL) -> before',
    'M: PyEval_ReleaseLock()',
    'F: PyGILState_Ensure() -> g',
  ]),
  probe('delete-what-is-attached', 'Is PyThreadState_Delete of what is attached fatal?', ['M: PyThreadState_Delete(main thread state)']),
  probe('delete-current-while-detached', 'Is DeleteCurrent fatal when nothing is attached?', [
    'M: PyEval_SaveThread() -> saved',
    'M: PyThreadState_DeleteCurrent()',
  ]),
  probe('acquire-another-while-attached', 'Is AcquireThread fatal while another thread state is attached?', [
    'M: PyThreadState_New(main) -> x',
    'M: PyEval_ReleaseLock()',
    'M: PyEval_AcquireThread(x)',
  ]),
  probe('leave-current-behind', 'Is it noticed that a thread dropped the GIL and left its thread state current?', [
    'F: PyThreadState_New(main) -> x',
    'F: PyEval_AcquireThread(x)',
    'M: run Python()',
    'F: PyEval_ReleaseLock()',
  ]),
  probe('attach-what-is-attached-elsewhere', 'Can a thread state be attached on two threads at once?', [
    'M: PyEval_ReleaseLock()',
    'F: PyEval_AcquireThread(main thread state)',
  ]),
  probe('run-python-on-a-second-one', 'Does Python code mind that its thread state is not the one in the slot?', [
    'M: PyThreadState_New(main) -> x',
    'M: PyThreadState_Swap(x) -> before',
    'M: run Python()',
  ]),
  probe('attach-what-was-cleared', 'Can a thread state be attached after it was cleared?', [
    'M: PyThreadState_New(main) -> x',
    'M: PyThreadState_Clear(x)',
    'M: PyEval_ReleaseThread(main thread state)',
    'F: PyEval_AcquireThread(x)',
  ]),
  probe('finalize-with-a-cleared-one', 'Does finalization mind a thread state that was cleared and not deleted?', [
    'M: PyThreadState_New(main) -> x',
    'M: PyThreadState_Clear(x)',
    'M: Py_FinalizeEx()',
  ]),
  probe('swap-does-not-let-in', 'Does a thread that waits get the GIL between two Swaps?', [
    'M: PyThreadState_New(main) -> x',
    'F: PyGILState_Ensure() -> g',
    'M: PyThreadState_Swap(x) -> first',
    'M: PyThreadState_Swap(first) -> second',
    'M: PyEval_SaveThread() -> saved',
    'F: PyGILState_Release(g)',
  ]),
]
