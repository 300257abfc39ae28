import { happens, truth } from '../../model/language/builder.ts'
import { fatalErrorEvent } from '../../model/program/program-builder.ts'
import { promise } from './promise.ts'

export const noFatalError = promise(
  {
    name: 'no-fatal-error',
    violation: 'fatal error',
    says: 'No call ends the process with Py_FatalError.',
    promisedBy: '3.2 documentation of PyGILState_Ensure: "regardless of the current state of Python, or of the global interpreter lock"',
    consequence: 'The whole process aborts, whatever its other threads were doing.',
  },
  () => ({ kind: 'forbidden-transition', forbids: happens(fatalErrorEvent), premise: truth }),
)
