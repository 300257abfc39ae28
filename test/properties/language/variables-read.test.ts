import { describe, expect, it } from 'vitest'
import { check } from '../../../src/checker/check.ts'
import { add, after, and, assign, falsehood, happens, integer, less, not, truth, variable } from '../../../src/model/language/builder.ts'
import { boolean, range } from '../../../src/model/language/domain.ts'
import { ProgramBuilder } from '../../../src/model/program/program-builder.ts'
import { systemOf } from '../../../src/model/program/to-system.ts'
import type { Property } from '../../../src/properties/language/property.ts'
import { variablesRead } from '../../../src/properties/language/variables-read.ts'

const index = variable('index', range(0, 2))
const flags = variable('flags', boolean, { indexedBy: [range(0, 2)] })
const count = variable('count', range(0, 3))
const other = variable('other', boolean)

describe('variables a property reads', () => {
  it('are those of its formula, of indices, of the state after, and of its premise', () => {
    const forbids = and(happens('it'), not(after(flags.at(index.at()))))
    const premise = less(add(count.at(), integer(1)), integer(3))

    expect([...variablesRead({ kind: 'forbidden-transition', name: 'p', says: '', forbids, premise })].sort()).toEqual([
      'count',
      'flags',
      'index',
    ])
  })

  it('are found in every kind of property', () => {
    expect([...variablesRead({ kind: 'invariant', name: 'p', says: '', holds: other.at() })]).toEqual(['other'])
    expect([...variablesRead({ kind: 'reachable', name: 'p', says: '', goal: other.at() })]).toEqual(['other'])
    expect([...variablesRead({ kind: 'no-deadlock', name: 'p', says: '', premise: other.at() })]).toEqual(['other'])
    expect([...variablesRead({ kind: 'no-deadlock', name: 'p', says: '' })]).toEqual([])
    expect([...variablesRead({ kind: 'invariant', name: 'p', says: '', holds: truth })]).toEqual([])
  })
})

describe('merging of steps', () => {
  const flag = variable('flag', boolean)
  const neverRaised: Property = { kind: 'invariant', name: 'never-raised', says: '', holds: not(flag.at()) }
  const raisesForAMoment = new ProgramBuilder('one')
  raisesForAMoment.step('begins', undefined)
  raisesForAMoment.step('raises', undefined, [assign(flag.at(), truth)])
  raisesForAMoment.step('lowers', undefined, [assign(flag.at(), falsehood)])
  const verdictWith = async (visible: ReadonlySet<string>): Promise<string | undefined> => {
    const { system } = systemOf([raisesForAMoment.finish()], { name: 'moment', variables: [flag.declaration], merge: true, visible })
    const result = await check(system, [neverRaised], {})
    return result.ok ? result.value.verdicts[0]?.kind : undefined
  }

  it('hides a moment from a property, unless what the property reads is visible', async () => {
    expect(await verdictWith(new Set())).toBe('holds')
    expect(await verdictWith(variablesRead(neverRaised))).toBe('violated')
  })
})
