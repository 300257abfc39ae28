import { cpython32, defineDesign } from 'gilproof/cpython'

/** Every thread remembers for which interpreter it last ran Python, and PyGILState_Ensure works for that one. */
export default defineDesign({
  name: 'remembered-interpreter',
  says: 'Attaching a thread state records its interpreter for the thread; PyGILState_Ensure attaches that interpreter.',
  readings: [
    {
      name: 'plain',
      says: 'Only a call of PyThreadState_Swap(NULL) by the program, and the end of the interpreter, forget it.',
      policy: {
        ...cpython32,
        newThreadStateIsNotedIn: 'interpreter-slot',
        plainCallsLookIn: 'slot-of-current-interpreter',
        freshThreadStateGoesTo: 'current-interpreter',
        ensureExLooksIn: 'slot-of-that-interpreter',
        attachRecords: 'interpreter',
        currentInterpreterIsClearedBy: ['PyThreadState_Swap', 'Py_EndInterpreter'],
      },
    },
  ],
})
