import { promise } from './promise.ts'
import { someThreadWaitsForTheGil } from './situations.ts'

export const noDeadlock = promise(
  {
    name: 'no-deadlock',
    violation: 'deadlock',
    says: 'In every state some thread can go on, unless all have ended.',
    promisedBy:
      'msg126355 of the callbacks that modules make: "they currently usually deadlock or have other problems", which the proposals are to end',
    consequence: 'The process hangs for ever, without a message.',
  },
  (scene) => ({ kind: 'no-deadlock', premise: someThreadWaitsForTheGil(scene) }),
)
