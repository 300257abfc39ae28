import type { Probe } from './probe.ts'
import { probe } from './probe.ts'

/** Interpreters with a GIL of their own (since 3.12). */
export const ownGil: readonly Probe[] = [
  probe('own-gil-leaves-the-main-one', 'Is the main GIL free while an interpreter with its own is attached?', [
    'M: new interpreter with its own GIL() -> t1',
    'F: PyGILState_Ensure() -> g',
    'F: run Python()',
    'M: PyEval_SaveThread() -> saved',
    'F: PyGILState_Release(g)',
    'M: PyGILState_Ensure() -> h',
  ]),
  probe('own-gil-and-restore-main', 'Can main be restored while an interpreter with its own GIL is attached?', [
    'M: new interpreter with its own GIL() -> t1',
    'M: PyEval_RestoreThread(main thread state)',
    'M: PyEval_SaveThread() -> saved',
    'M: PyEval_RestoreThread(t1)',
  ]),
  probe('own-gil-and-acquire-main', 'Can main be acquired while an interpreter with its own GIL is attached?', [
    'M: new interpreter with its own GIL() -> t1',
    'M: PyEval_AcquireThread(main thread state)',
  ]),
  probe('own-gil-and-swap', 'Does Swap go from one GIL to the other?', [
    'M: new interpreter with its own GIL() -> t1',
    'M: PyThreadState_Swap(main thread state) -> first',
    'M: PyThreadState_Swap(t1) -> second',
    'M: Py_EndInterpreter(t1)',
    'M: PyThreadState_Swap(main thread state) -> third',
  ]),
]
