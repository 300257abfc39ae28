import { happens } from '../../model/language/builder.ts'
import { undefinedBehaviourEvent } from '../../model/program/program-builder.ts'
import { promise } from './promise.ts'
import { somethingIsFreed } from './situations.ts'

export const nothingFreedIsUsed = promise(
  {
    name: 'nothing-freed-is-used',
    violation: 'freed memory used',
    says: 'No call uses a thread state or an interpreter that was freed.',
    promisedBy:
      '3.2 documentation of Py_EndInterpreter: "All thread states associated with this interpreter are destroyed"; nobody may use what is destroyed',
    consequence:
      'The process reads or writes memory that belongs to something else by now: it crashes somewhere else, or goes on with wrong data.',
  },
  (scene) => ({ kind: 'forbidden-transition', forbids: happens(undefinedBehaviourEvent), premise: somethingIsFreed(scene) }),
)
