import { describe, expect, it } from 'vitest'
import { check } from '../../../src/checker/check.ts'
import { findInterchangeable } from '../../../src/checker/symmetry/interchangeable.ts'
import type { Action } from '../../../src/model/language/action.ts'
import type { Formula } from '../../../src/model/language/builder.ts'
import { action, and, assign, equal, exists, member, none, not, or, truth, variable } from '../../../src/model/language/builder.ts'
import { boolean, enumeration, orNone } from '../../../src/model/language/domain.ts'
import { printExpression } from '../../../src/model/language/print.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import type { Property } from '../../../src/properties/language/property.ts'
import { toyCheck } from '../../oracle/toy-checker.ts'
import { scenarioSystem } from '../../support/scenario-system.ts'
import { dining, peterson, smallGil } from '../../support/spin-systems.ts'

const worker = enumeration('worker', ['one', 'two'])
const holder = variable('holder', orNone(worker))
const partner = variable('partner', orNone(worker), { indexedBy: [worker] })
const done = variable('done', boolean, { indexedBy: [worker] })

/** Two workers that take something once; `more` is done by somebody else. */
function system(more: readonly Action[] = [], initial: readonly number[] = [0, 0]): TransitionSystem {
  const takes = (me: 'one' | 'two', process: number): Action =>
    action(`${me} takes it`, {
      process,
      when: and(not(done.at(member(worker, me))), equal(holder.at(), none(orNone(worker)))),
      assign: [assign(holder.at(), member(worker, me)), assign(done.at(member(worker, me)), truth)],
    })
  return {
    name: 'two workers',
    processes: ['one', 'two', 'somebody else'],
    variables: [holder.declaration, partner.declaration, { ...done.declaration, initial }],
    actions: [takes('one', 0), takes('two', 1), ...more],
    final: truth,
    allocations: [],
  }
}

const invariant = (holds: Formula): readonly Property[] => [{ kind: 'invariant', name: 'claim', says: '', holds }]
const groupsOf = (checked: TransitionSystem, properties: readonly Property[] = []): readonly (readonly number[])[] =>
  findInterchangeable(checked, properties).groups.map(({ processes }) => processes)
const obstacleTo = (checked: TransitionSystem, properties: readonly Property[] = []): string | undefined => {
  const { groups, obstacles } = findInterchangeable(checked, properties)
  expect(groups).toEqual([])
  return obstacles[0]
}
const release = (name: string, when: Formula): Action =>
  action(name, { process: 2, when, assign: [assign(holder.at(), none(orNone(worker)))] })

describe('interchangeable processes', () => {
  it('are those that do the same, with variables of their own and names of their own', () => {
    expect(groupsOf(system())).toEqual([[0, 1]])
    expect(groupsOf(smallGil(4))).toEqual([[0, 1, 2, 3]])
  })

  it('are found in shipped scenarios: all of the most general client, every second of the pool', () => {
    const bounds = { threads: 3, interpreters: 2, rounds: 1 }
    const promises = ['runs-in-its-interpreter', 'slots-never-dangle', 'counters-balance']
    const groupsIn = (client: string): readonly (readonly number[])[] => {
      const scenario = scenarioSystem({ reading: 'status-quo.cpython-3.2', client, bounds, promises })
      return groupsOf(scenario.system, scenario.properties)
    }
    expect(groupsIn('most-general-rude')).toEqual([[1, 2, 3]])
    expect(groupsIn('mod-wsgi-pool')).toEqual([[1, 3]])
  })

  it('are not those that take turns, or sit in a circle', () => {
    expect(groupsOf(peterson())).toEqual([])
    expect(groupsOf(dining())).toEqual([])
  })

  it('may be named by others, if all are named alike', () => {
    const [one, two] = [member(worker, 'one'), member(worker, 'two')]
    expect(groupsOf(system([release('from one', equal(holder.at(), one)), release('from two', equal(holder.at(), two))]))).toEqual([[0, 1]])
    expect(obstacleTo(system([release('from one', equal(holder.at(), one))]))).toBe(
      '"one" and "two" do the same, but action "from one" tells them apart',
    )
  })

  it('are exchanged as was proven, also where they name each other in another order than they come', async () => {
    const names = ['one', 'two', 'three']
    const finished = names.map((name) => variable(`finished ${name}`, boolean))
    const left = names.map((name) => variable(`left ${name}`, boolean))
    const at = (of: typeof finished, i: number): Formula => of[i]?.at() ?? truth
    const leaves = [
      [1, 2],
      [0, 2],
      [1, 0],
    ].flatMap(([first = 0, second = 0], i) => {
      const [own, gone] = [finished[i], left[i]]
      if (own === undefined || gone === undefined) return []
      const when = and(at(finished, first), at(finished, second), not(gone.at()))
      return [
        action(`${i} leaves`, { process: i, when, assign: [assign(gone.at(), truth)] }),
        action(`${i} finishes`, { process: i, when: not(own.at()), assign: [assign(own.at(), truth)] }),
      ]
    })
    const variables = [...finished, ...left].map(({ declaration }) => declaration)
    const three: TransitionSystem = { name: 'three', processes: names, variables, actions: leaves, final: truth, allocations: [] }
    const exchanged = ([a, b, c, d, e, f]: readonly number[]): readonly (number | undefined)[] => [b, a, c, e, d, f]
    const orbits = new Set(
      [...toyCheck(three).states].map((state) => {
        const values: readonly number[] = JSON.parse(state)
        return [JSON.stringify(values), JSON.stringify(exchanged(values))].sort()[0]
      }),
    )
    expect(groupsOf(three)).toEqual([[0, 1]])
    const checked = await check(three, [], { reductions: ['process-symmetry'] })
    expect(checked).toMatchObject({ ok: true, value: { statistics: { distinctStates: orbits.size } } })
  })

  it('are not those that begin differently', () => {
    expect(obstacleTo(system([], [0, 1]))).toBe('"one" and "two" do the same, but "done" does not begin alike for both')
  })

  it('are not those that have elements of an array in common', () => {
    const knows = variable('knows', boolean, { indexedBy: [worker, worker] })
    const both = { ...system(), variables: [...system().variables, knows.declaration] }
    expect(obstacleTo(both)).toBe('"one" and "two" do the same, but "knows" has elements that belong to both')
  })

  it('are not those that a property tells apart, in whatever order it names them', () => {
    const [one, two] = [done.at(member(worker, 'one')), done.at(member(worker, 'two'))]
    expect(groupsOf(system(), invariant(or(two, not(one), one, not(two))))).toEqual([[0, 1]])
    expect(obstacleTo(system(), invariant(one))).toBe('"one" and "two" do the same, but property "claim" tells them apart')
  })

  it('are not those of which an action asks one after the other, where an answer may be an error that another answer hides', () => {
    const risky = exists('w', worker, (w) => done.at(partner.at(w)))
    expect(obstacleTo(system([release('asks', risky)]))).toBe(
      '"one" and "two" do the same, but action "asks" asks about one after the other, and the answer may be an error',
    )
    const asksFirst = exists('w', worker, (w) => and(not(equal(partner.at(w), none(orNone(worker)))), done.at(partner.at(w))))
    expect(groupsOf(system([release('asks', asksFirst)]))).toEqual([[0, 1]])
  })

  it('are all asked by a property, so that no error is hidden', () => {
    const ofPartner = (name: string): Formula => done.at(partner.at(member(worker, name)))
    const [one, two] = [ofPartner('one'), ofPartner('two')]
    const asked = (claim: Formula): string => {
      const [property] = findInterchangeable(system(), invariant(claim)).properties
      return property?.kind === 'invariant' ? printExpression(property.holds) : ''
    }
    expect(asked(or(one, two))).toBe('(done[partner[one]] or done[partner[two]]) and (done[partner[two]] or true)')
    expect(asked(and(one, two))).toBe('done[partner[one]] and done[partner[two]] or done[partner[two]] and false')
    expect(asked(exists('w', worker, (w) => done.at(partner.at(w))))).toBe(
      '(exists w in worker: done[partner[w]]) and (for all w in worker: done[partner[w]] or true)',
    )
    expect(asked(or(done.at(member(worker, 'one')), done.at(member(worker, 'two'))))).toBe('done[one] or done[two]')
  })
})
