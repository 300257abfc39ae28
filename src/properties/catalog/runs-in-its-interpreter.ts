import { runsInTheWrongInterpreter, runsPython } from '../../model/cpython/gil/run-python.ts'
import { happens } from '../../model/language/builder.ts'
import { promise } from './promise.ts'

export const runsInItsInterpreter = promise(
  {
    name: 'runs-in-its-interpreter',
    violation: 'thread state used by the wrong interpreter',
    says: 'Python code runs with a thread state of the interpreter it belongs to.',
    promisedBy: 'msg126333: "you should call it with the interpreter which was in use when registering the callback"',
    consequence: 'The callback sees the modules, builtins and globals of another interpreter, and mixes objects of two interpreters.',
  },
  () => ({ kind: 'forbidden-transition', forbids: happens(runsInTheWrongInterpreter), premise: happens(runsPython) }),
)
