import { cpython32, defineDesign } from 'gilproof/cpython'

/** What if Ensure ignored a thread state of another interpreter, and made one where the thread last ran? */
export default defineDesign({
  name: 'my-design',
  says: 'Every attach records the interpreter of its thread; Ensure works for that interpreter, and ignores what the slot has for another.',
  readings: [
    {
      name: 'remembers-the-interpreter',
      says: 'A thread that never ran Python works for the main interpreter.',
      policy: {
        ...cpython32,
        attachRecords: 'interpreter',
        freshThreadStateGoesTo: 'current-interpreter',
        foreignInterpreterInSlot: 'is-ignored',
      },
    },
  ],
})
