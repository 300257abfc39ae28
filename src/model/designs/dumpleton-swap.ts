import type { Policy } from '../cpython/policy.ts'
import { cpython32 } from '../cpython/versions/cpython-3-2.ts'
import type { Design } from './design.ts'

/** One slot per thread and interpreter: the only reading under which both the callbacks and the pools of msg126355 work. */
const slotPerInterpreter: Policy = {
  ...cpython32,
  newThreadStateIsNotedIn: 'interpreter-slot',
  plainCallsLookIn: 'slot-of-current-interpreter',
  freshThreadStateGoesTo: 'current-interpreter',
  interpreterSwap: 'fatal-if-this-thread-is-attached',
}

/** The single slot stays, and the interpreter set matters only when a thread state is made. */
const onlyForCreation: Policy = {
  ...cpython32,
  freshThreadStateGoesTo: 'current-interpreter',
  interpreterSwap: 'fatal-if-this-thread-is-attached',
}

/** Graham Dumpleton, msg126348; motives in msg126355 and msg126357. */
export const dumpletonSwap: Design = {
  name: 'dumpleton-swap',
  title: 'Dumpleton: PyInterpreterState_Swap',
  by: 'Graham Dumpleton, msg126348',
  says: 'One new function sets, in TLS, the interpreter a thread works with; it may be called only while the GIL is not held. Ensure and Release look it up, so extension modules stay as they are.',
  readings: [
    {
      name: 'slot-per-interpreter',
      says: 'A thread has one thread state per interpreter, found through the interpreter set; never set means main.',
      policy: slotPerInterpreter,
    },
    {
      name: 'only-for-creation',
      says: 'The single slot stays: what is in it is used whatever interpreter was set, which matters only when a thread state is made.',
      policy: onlyForCreation,
    },
    {
      name: 'foreign-slot-is-ignored',
      says: 'The single slot stays; a thread state of another interpreter in it is not used and a new one is made, which the slot cannot take.',
      policy: { ...onlyForCreation, foreignInterpreterInSlot: 'is-ignored' },
    },
    {
      name: 'foreign-slot-is-replaced',
      says: 'The single slot stays; a thread state of another interpreter in it is thrown out of the slot for a new one.',
      policy: { ...onlyForCreation, foreignInterpreterInSlot: 'is-replaced' },
    },
    {
      name: 'python-threads-set-it-too',
      says: 'As the first, and a thread started from Python sets its interpreter while it starts.',
      policy: { ...slotPerInterpreter, pythonThreadRecordsInterpreter: true },
    },
  ],
  variations: [
    {
      name: 'held-means-anything-current',
      question: 'How is "not GIL lock held" tested?',
      says: 'By asking whether any thread state is current in the process.',
      policy: { ...slotPerInterpreter, interpreterSwap: 'fatal-if-anything-is-current' },
    },
    {
      name: 'held-is-not-tested',
      question: 'How is "not GIL lock held" tested?',
      says: 'Not at all.',
      policy: { ...slotPerInterpreter, interpreterSwap: 'unchecked' },
    },
    {
      name: 'never-set-is-fatal',
      question: 'What does a thread mean that never called it?',
      says: 'It is refused.',
      policy: { ...slotPerInterpreter, unsetCurrentInterpreterMeans: 'fatal' },
    },
    {
      name: 'release-uses-what-is-current',
      question: 'What does Release look at when the interpreter was changed in between?',
      says: 'Release releases the current thread state.',
      policy: { ...slotPerInterpreter, releaseUses: 'current-thread-state' },
    },
  ],
  leftOut: [
    {
      reading: 'PyThreadState_Swap and AcquireThread set the interpreter too',
      because: 'That is what the second proposal adds (msg126387).',
    },
  ],
}
