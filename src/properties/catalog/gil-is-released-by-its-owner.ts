import { actor, equal, not, truth } from '../../model/language/builder.ts'
import { promise } from './promise.ts'
import { someGilIsReleased } from './situations.ts'

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
    forbids: someGilIsReleased(scene, (owner) => not(equal(owner, actor(scene.runtime.vocabulary.osThread)))),
    premise: someGilIsReleased(scene, () => truth),
  }),
)
