import { implies, not } from '../../model/language/builder.ts'
import { promise } from './promise.ts'
import { everyAlive, someAlive } from './situations.ts'

export const nothingLeaksAtRest = promise(
  {
    name: 'nothing-leaks-at-rest',
    violation: 'thread state leaked',
    says: 'When every program has ended, no thread state that an Ensure made is left.',
    promisedBy: '3.2 documentation of PyGILState_Release: "Release any resources previously acquired"',
    consequence:
      'Every such callback leaves a thread state behind: the process grows, and Py_EndInterpreter dies with "not the last thread".',
  },
  (scene) => {
    const { madeByEnsure } = scene.runtime.threadStates
    return {
      kind: 'invariant',
      holds: implies(
        scene.everyProgramEnded,
        everyAlive(scene, 'left', (left) => not(madeByEnsure.at(left))),
      ),
      premise: someAlive(scene, 'made', (made) => madeByEnsure.at(made)),
    }
  },
)
