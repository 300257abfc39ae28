import type { Policy } from '../cpython/policy.ts'
import { cpython32 } from '../cpython/versions/cpython-3-2.ts'
import type { Design } from './design.ts'

/** SaveThread writes down the interpreter; Ensure looks in the slot for it. */
const recordsInterpreter: Policy = {
  ...cpython32,
  newThreadStateIsNotedIn: 'interpreter-slot',
  plainCallsLookIn: 'slot-of-current-interpreter',
  freshThreadStateGoesTo: 'current-interpreter',
  saveThreadRecords: 'interpreter',
}

/** Antoine Pitrou, msg126363: "an alternative is to do the mapping in e.g. PyEval_SaveThread()". */
export const pitrouSaveThread: Design = {
  name: 'pitrou-save-thread',
  title: "Pitrou's alternative: the mapping in PyEval_SaveThread",
  by: 'Antoine Pitrou, msg126363',
  says: 'No new call: when a thread lets the GIL go, PyEval_SaveThread writes down where it was, and Ensure goes back there.',
  readings: [
    {
      name: 'records-the-interpreter',
      says: 'SaveThread records the interpreter; a thread has one slot per interpreter. A thread that never saved means the main interpreter.',
      policy: recordsInterpreter,
    },
    {
      name: 'records-the-thread-state',
      says: "SaveThread writes the thread state into the thread's one slot.",
      policy: { ...cpython32, saveThreadRecords: 'thread-state' },
    },
    {
      name: 'forgets-on-restore',
      says: 'As the first, and RestoreThread forgets what SaveThread recorded.',
      policy: { ...recordsInterpreter, restoreThreadForgets: true },
    },
  ],
  variations: [
    {
      name: 'attaching-records-too',
      question: 'Does "e.g." include attaching?',
      says: 'Every attach records the interpreter as well.',
      policy: { ...recordsInterpreter, attachRecords: 'interpreter' },
    },
    {
      name: 'never-saved-is-fatal',
      question: 'What does a thread mean that never saved?',
      says: 'A thread that never saved is refused.',
      policy: { ...recordsInterpreter, unsetCurrentInterpreterMeans: 'fatal' },
    },
    {
      name: 'both-keys-kept',
      question: 'Is the global key still written?',
      says: 'New fills the global key too.',
      policy: { ...recordsInterpreter, newThreadStateIsNotedIn: 'both-slots' },
    },
  ],
  leftOut: [
    {
      reading: 'the mapping is kept per nesting level',
      because: 'A stack of mappings has no place in the one TLS value the message speaks of.',
    },
  ],
}
