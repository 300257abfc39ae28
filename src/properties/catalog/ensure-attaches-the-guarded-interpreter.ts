import { ensureAttached, ensureAttachedElsewhere } from '../../model/cpython/guards/ensure-thread-state.ts'
import { happens } from '../../model/language/builder.ts'
import { promise } from './promise.ts'

export const ensureAttachesTheGuardedInterpreter = promise(
  {
    name: 'ensure-attaches-the-guarded-interpreter',
    violation: 'PyThreadState_Ensure attaches another interpreter than the guarded one',
    says: 'When PyThreadState_Ensure returns, the thread has a thread state of the guarded interpreter attached.',
    promisedBy:
      '3.15 documentation of PyThreadState_Ensure: afterwards the thread state that is attached belongs to the interpreter of the guard',
    consequence: 'The code that follows sees the modules and objects of another interpreter, whose end nothing delays.',
  },
  () => ({ kind: 'forbidden-transition', forbids: happens(ensureAttachedElsewhere), premise: happens(ensureAttached) }),
)
