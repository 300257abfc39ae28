import { hangsForEver } from '../../model/cpython/finalization/late-thread.ts'
import { isNoThreadState, memoryIsThere } from '../../model/cpython/runtime-state.ts'
import { everyInterpreter, hasInterpreterSlots, hasThreadSlot } from '../../model/cpython/slots.ts'
import type { OsThread, ThreadState } from '../../model/cpython/vocabulary.ts'
import type { Formula, Place, Term } from '../../model/language/builder.ts'
import { and, or } from '../../model/language/builder.ts'
import type { Scene } from './promise.ts'
import { promise } from './promise.ts'
import { everyThread, somethingIsFreed } from './situations.ts'

export const slotsNeverDangle = promise(
  {
    name: 'slots-never-dangle',
    violation: 'slot refers to a freed thread state',
    says: 'What a thread finds in its slot is a thread state that exists.',
    promisedBy:
      'msg126364: starting a thread "will populate autoTLSkey with a valid thread state, which will then be used by calls back in to the GILState API"',
    consequence: 'The next Ensure of that thread uses freed memory.',
  },
  (scene) => ({
    kind: 'invariant',
    holds: and(...everyThread(scene).flatMap(({ process, thread }) => slotsOf(scene, thread).map((slot) => isSound(scene, process, slot)))),
    premise: somethingIsFreed(scene),
  }),
)

/** It is empty, or what it refers to exists; nobody looks into the slot of a thread that sleeps for ever. */
function isSound({ runtime, standsAt }: Scene, process: number, slot: Place<ThreadState>): Formula {
  const sleeps = runtime.policy.lateThread === 'hangs' ? [standsAt(process, hangsForEver)] : []
  return or(isNoThreadState(runtime, slot), memoryIsThere(runtime, slot), ...sleeps)
}

/** Every slot that the policy has of a thread. */
function slotsOf({ runtime }: Scene, thread: Term<OsThread>): readonly Place<ThreadState>[] {
  return [
    ...(hasThreadSlot(runtime) ? [runtime.slot.at(thread)] : []),
    ...(hasInterpreterSlots(runtime)
      ? everyInterpreter(runtime).map((interpreter) => runtime.interpreterSlot.at(thread, interpreter))
      : []),
  ]
}
