import { isAlive, isNoThreadState } from '../../model/cpython/runtime-state.ts'
import { everyInterpreter, hasInterpreterSlots, hasThreadSlot } from '../../model/cpython/slots.ts'
import type { ThreadState } from '../../model/cpython/vocabulary.ts'
import type { Place } from '../../model/language/builder.ts'
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
    holds: and(...slotsOf(scene).map((slot) => or(isNoThreadState(scene.runtime, slot), isAlive(scene.runtime, slot)))),
    premise: somethingIsFreed(scene),
  }),
)

/** Every slot of every thread that the policy has. */
function slotsOf(scene: Scene): readonly Place<ThreadState>[] {
  const { runtime } = scene
  return everyThread(scene).flatMap(({ thread }) => [
    ...(hasThreadSlot(runtime) ? [runtime.slot.at(thread)] : []),
    ...(hasInterpreterSlots(runtime)
      ? everyInterpreter(runtime).map((interpreter) => runtime.interpreterSlot.at(thread, interpreter))
      : []),
  ])
}
