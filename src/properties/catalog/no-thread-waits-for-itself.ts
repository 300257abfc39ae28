import { and, not } from '../../model/language/builder.ts'
import { promise } from './promise.ts'
import { everyThread, someThreadWaitsForTheGil, waitsForItself } from './situations.ts'

export const noThreadWaitsForItself = promise(
  {
    name: 'no-thread-waits-for-itself',
    violation: 'thread waits for itself',
    says: 'No thread waits for the GIL while it holds the GIL.',
    promisedBy: '3.2 documentation of PyEval_RestoreThread: "the current thread must not have acquired it, otherwise deadlock ensues"',
    consequence: 'The thread never returns from the call, and no other thread runs Python code again.',
  },
  (scene) => ({
    kind: 'invariant',
    holds: and(...everyThread(scene).map(({ process, thread }) => not(waitsForItself(scene, process, thread)))),
    premise: someThreadWaitsForTheGil(scene),
  }),
)
