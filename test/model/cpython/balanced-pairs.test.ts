import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Stage } from '../../../src/model/clients/stage.ts'
import type { Policy } from '../../../src/model/cpython/policy.ts'
import { noThreadState } from '../../../src/model/cpython/runtime-state.ts'
import { policyOfProfile } from '../../../src/model/cpython/versions/releases.ts'
import type { Interpreter } from '../../../src/model/cpython/vocabulary.ts'
import type { Term } from '../../../src/model/language/builder.ts'
import { equal, not } from '../../../src/model/language/builder.ts'
import { runProgram } from './run-program.ts'

/** Something a program does and undoes, with more of it inside. */
interface Pair {
  readonly does: 'guarded' | 'viewed' | 'plain' | 'detached'
  readonly home: 0 | 1
  readonly inside: readonly Pair[]
}

/** At most three deep: the model counts four guards and four Ensures. */
function pairs(depth: number): fc.Arbitrary<readonly Pair[]> {
  const pair = fc.record({
    does: fc.constantFrom('guarded' as const, 'viewed' as const, 'plain' as const, 'detached' as const),
    home: fc.constantFrom(0 as const, 1 as const),
    inside: depth === 1 ? fc.constant([]) : pairs(depth - 1),
  })
  return fc.array(pair, { maxLength: 2 })
}

/** Whether the program begins attached to the main interpreter, to the sub-interpreter, or to nothing with one of them remembered. */
const beginnings = fc.record({ home: fc.constantFrom(0 as const, 1 as const), attached: fc.boolean() })

interface Begins {
  readonly home: 0 | 1
  readonly attached: boolean
}

function write(begins: Begins, program: readonly Pair[]): (stage: Stage) => void {
  return ({ main, mainInterpreter, subInterpreters: [sub = mainInterpreter], runtime }) => {
    const homes: readonly [Term<Interpreter>, Term<Interpreter>] = [mainInterpreter, sub]
    const ofMain = { guard: main.guardFromCurrent(), view: main.viewFromCurrent() }
    const first = main.newInterpreter(sub)
    const ofSub = { guard: main.guardFromCurrent(), view: main.viewFromCurrent() }
    main.swap(begins.home === 0 ? runtime.mainThreadState : first)
    if (!begins.attached) main.saveThread()
    const perform = ({ does, home, inside }: Pair, isAttached: boolean): void => {
      const { guard, view } = home === 0 ? ofMain : ofSub
      const performInside = () => {
        for (const pair of inside) perform(pair, does !== 'detached')
      }
      const detached = () => {
        const saved = main.saveThread()
        performInside()
        main.restoreThread(saved)
      }
      const ways = {
        guarded: () => main.guardedCallback(homes[home], guard, performInside),
        viewed: () => main.viewedCallback(homes[home], view, performInside),
        plain: () => main.callback(homes[home], performInside),
        detached: isAttached ? detached : performInside,
      }
      ways[does]()
    }
    for (const pair of program) perform(pair, begins.attached)
    const expected = begins.attached ? (begins.home === 0 ? runtime.mainThreadState : first) : noThreadState(runtime)
    const current = runtime.currentOf.at(main.caller.thread)
    main.when(not(equal(current, expected)), () => main.caller.program.fatal('something else is attached'))
    main.closeGuard(ofMain.guard)
    main.closeGuard(ofSub.guard)
  }
}

function atTheEndOf(policy: Policy, begins: Begins, program: readonly Pair[]) {
  return runProgram({ policy }, write(begins, program))
}

const released = policyOfProfile('3.15')
const putsBack: Policy = { ...released, guardedEnsure: { ...released.guardedEnsure, slotAfterRelease: 'is-restored' } }

describe('balanced pairs of 3.15, nested at random', () => {
  it('leave attached what was attached, close every guard they took, and delete what they made', () => {
    fc.assert(
      fc.property(beginnings, pairs(3), (begins, program) => {
        expect(atTheEndOf(released, begins, program)).toMatchObject({
          outcome: 'none',
          guards: [0, 0],
          alive: ['main thread state', 'thread state 1'],
        })
      }),
      { numRuns: 40 },
    )
  })

  it('leave the slot as it was as well where Release puts it back', () => {
    fc.assert(
      fc.property(beginnings, pairs(3), (begins, program) => {
        const before = atTheEndOf(putsBack, begins, []).main
        expect(atTheEndOf(putsBack, begins, program).main).toEqual(before)
      }),
      { numRuns: 40 },
    )
  })
})
