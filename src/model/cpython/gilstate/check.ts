import type { Formula, Place } from '../../language/builder.ts'
import { and, assign, equal, event, not, or } from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import { sourceFile } from '../../language/source-anchor.ts'
import type { Caller } from '../caller.ts'
import { holdsTheGil } from '../caller.ts'
import { currentFor } from '../current.ts'
import { isNoThreadState } from '../runtime-state.ts'

const pystate = sourceFile('3.6', 'Python/pystate.c')

/** Events of `PyGILState_Check`, for properties. */
export const checkIsAsked = 'PyGILState_Check is asked'
export const checkAnswersWrong = 'PyGILState_Check says the opposite of what is so'

/**
 * `PyGILState_Check`. As changeset e590c632c9fa left it (3.6), it is always true once a sub-interpreter was made, and while the slots have
 * no key; since 3.15 slots need no key.
 */
export function gilstateCheck(caller: Caller): Place<'boolean'> {
  const { program, runtime, thread } = caller
  return program.procedure('PyGILState_Check', () => {
    const answer = program.local('answer', boolean)
    const current = currentFor(caller)
    const isMine = and(not(isNoThreadState(runtime, current)), equal(current, runtime.slot.at(thread)))
    const saysYes = or(...alwaysYes(caller), isMine)
    program.step('compares its slot with the current thread state', pystate('PyGILState_Check'), {
      events: [event(checkIsAsked), event(checkAnswersWrong, not(equal(saysYes, holdsTheGil(caller))))],
      assign: [assign(answer, saysYes)],
    })
    return answer
  })
}

/** When it is true without looking. */
function alwaysYes({ runtime }: Caller): readonly Formula[] {
  const { policy, finalizes, finalization } = runtime
  const isDisabled = not(runtime.checkIsEnabled.at())
  switch (policy.check) {
    case 'absent':
    case 'compares':
      return []
    case 'enabled-until-sub-interpreter':
      return finalizes ? [isDisabled, not(finalization.keyExists.at())] : [isDisabled]
    case 'needs-a-thread-state':
      return [isDisabled]
  }
}
