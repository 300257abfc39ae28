import { runsInADyingRuntime } from '../../model/cpython/gil/run-python.ts'
import { isNoThreadState } from '../../model/cpython/runtime-state.ts'
import { falsehood, happens, not } from '../../model/language/builder.ts'
import { promise } from './promise.ts'

export const onlyTheFinalizingThreadRuns = promise(
  {
    name: 'only-the-finalizing-thread-runs',
    violation: 'another thread runs Python code while the runtime is finalized',
    says: 'Once the runtime begins to finalize, only the thread that finalizes it runs Python code.',
    promisedBy:
      'documentation of runtime finalization, "Cautions regarding runtime finalization" since 3.14: from then on other threads cannot attach any more; up to 3.13 they were said to be ended',
    consequence: 'The thread runs code whose modules are being torn down: names are None, objects are gone.',
  },
  ({ runtime }) => ({
    kind: 'forbidden-transition',
    forbids: happens(runsInADyingRuntime),
    premise: runtime.finalizes ? not(isNoThreadState(runtime, runtime.finalization.finalizing.at())) : falsehood,
  }),
)
