import { claim } from '../src/judge/claim.ts'
import { endInterpreterThenEnsure } from '../src/model/clients/end-interpreter-then-ensure.ts'
import { noThreadWaitsForItself } from '../src/properties/catalog/no-thread-waits-for-itself.ts'
import { oneThread } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'ending-an-interpreter-leaves-the-gil-unlocked',
  says: 'The functions that end an interpreter leave the GIL unlocked.',
  by: 'Dumpleton',
  messages: [126387],
  quote: 'leave GIL unlocked at the end',
  kind: 'checkable',
  formalisation:
    'Were the GIL unlocked after Py_EndInterpreter, an Ensure right after it could not wait for its own thread. Checked on 3.2 and on the reading of the proposal that clears nothing and keeps one slot. The message may mean other functions, but 3.2 has none.',
  checks: [
    ...kept(endInterpreterThenEnsure, noThreadWaitsForItself, oneThread, {
      'status-quo.cpython-3.2': 'refuted',
      'dumpleton-automatic.attach-points-the-slot': 'refuted',
    }),
  ],
})
