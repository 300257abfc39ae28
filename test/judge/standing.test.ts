import { describe, expect, it } from 'vitest'
import { standingOf } from '../../src/judge/standing.ts'
import { truth, variable } from '../../src/model/language/builder.ts'
import { boolean } from '../../src/model/language/domain.ts'
import { shapeOf } from '../../src/model/language/state.ts'
import { ProgramBuilder } from '../../src/model/program/program-builder.ts'
import { systemOf } from '../../src/model/program/to-system.ts'

const open = variable('the door is open', boolean)

/** "waiter" waits in `enter` for a door nobody opens; "walker" walks and ends. */
function system() {
  const waiter = new ProgramBuilder('waiter')
  waiter.procedure('enter', () => waiter.step('goes in', undefined, { waitsFor: open.at() }))
  const walker = new ProgramBuilder('walker')
  walker.step('walks', undefined)
  return systemOf([waiter.finish(), walker.finish()], { name: 'door', variables: [open.declaration], merge: false, visible: new Set() })
    .system
}

describe('where threads stand', () => {
  it('is in front of their next step, blocked or not', () => {
    const { initial } = shapeOf(system().variables)
    expect(standingOf(system(), initial)).toEqual([
      { thread: 'waiter', calls: ['enter'], activation: 1, says: 'goes in', isBlocked: true },
      { thread: 'walker', calls: [], says: 'walks', isBlocked: false },
    ])
  })

  it('is nowhere for a program that has ended, and in a final state', () => {
    const none = { ...system(), actions: [] }
    expect(standingOf(none, shapeOf(none.variables).initial)).toEqual([])
    const final = { ...system(), final: truth }
    expect(standingOf(final, shapeOf(final.variables).initial)).toEqual([])
  })
})
