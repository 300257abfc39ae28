import type { Formula } from '../../model/language/builder.ts'
import { actor, after, and, equal, not } from '../../model/language/builder.ts'
import type { Scene } from './promise.ts'
import { promise } from './promise.ts'

export const gilIsReleasedByItsOwner = promise(
  {
    name: 'gil-is-released-by-its-owner',
    violation: 'GIL released by non-owner',
    says: 'Only the thread that took the GIL gives it back.',
    promisedBy: '3.2 documentation of PyEval_SaveThread: "the current thread must have acquired it"',
    consequence: 'The owner goes on running Python code while another thread takes the GIL: two threads change reference counts at once.',
  },
  (scene) => ({
    kind: 'forbidden-transition',
    forbids: and(releases(scene), not(equal(scene.runtime.gil.owner.at(), actor(scene.runtime.vocabulary.osThread)))),
    premise: releases(scene),
  }),
)

function releases({ runtime: { gil } }: Scene): Formula {
  return and(gil.locked.at(), not(after(gil.locked.at())))
}
