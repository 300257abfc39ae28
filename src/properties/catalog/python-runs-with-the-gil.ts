import { runsPython, runsWithoutTheGil } from '../../model/cpython/gil/run-python.ts'
import { happens } from '../../model/language/builder.ts'
import { promise } from './promise.ts'

export const pythonRunsWithTheGil = promise(
  {
    name: 'python-runs-with-the-gil',
    violation: 'Python code runs without the GIL',
    says: 'Python code runs only in the thread that holds the GIL.',
    promisedBy:
      '3.2 documentation, "Thread State and the Global Interpreter Lock": "only the thread that has acquired the GIL may operate on Python objects or call Python/C API functions"',
    consequence: 'Another thread may run Python code at the same moment, and reference counts go wrong without a trace.',
  },
  () => ({ kind: 'forbidden-transition', forbids: happens(runsWithoutTheGil), premise: happens(runsPython) }),
)
