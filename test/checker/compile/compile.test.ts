import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileSystem } from '../../../src/checker/compile/compile.ts'
import { explainFailure, fail } from '../../../src/checker/compile/javascript/runtime.ts'
import type { Action } from '../../../src/model/language/action.ts'
import { action, add, assign, equal, integer, isNone, less, member, not, truth, variable } from '../../../src/model/language/builder.ts'
import { enumeration, orNone, range, scalarset } from '../../../src/model/language/domain.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import type { Property } from '../../../src/properties/language/property.ts'
import { systemsWithProperties } from '../../arbitraries/property.ts'
import { toyCheck } from '../../oracle/toy-checker.ts'
import { smallSystems } from '../../support/systems.ts'
import { expectSameBehaviour } from './explore-compiled.ts'

/** Milliseconds; far more than random tests take on an idle machine. */
const timeout = 60_000

describe('generated code', () => {
  it.each(Object.entries(smallSystems))('does in %s what the interpreter does', (_, system: TransitionSystem) => {
    for (const renaming of [false, true]) expectSameBehaviour(system, [], renaming)
  })

  it('does in random systems what the interpreter does, with identities renamed', { timeout }, () => {
    const allocating = systemsWithProperties().filter(({ system }) => system.allocations.length > 0)
    fc.assert(
      fc.property(allocating, ({ system, properties }) => {
        expectSameBehaviour(system, properties, true)
      }),
      { numRuns: 60 },
    )
  })

  it('does in random systems what the interpreter does, and finds what the toy checker finds', { timeout }, () => {
    fc.assert(
      fc.property(systemsWithProperties(), ({ system, properties }) => {
        const toy = toyCheck(system, properties)
        const found = expectSameBehaviour(system, properties, false)
        expect(found.error?.code).toBe(toy.error?.code)
        if (toy.error !== undefined) return
        expect(found.states).toEqual(toy.states)
        expect(found.transitions).toBe(toy.transitions)
        expect(found.violated).toEqual(toy.violated)
        expect(found.exercised).toEqual(toy.exercised)
      }),
      { numRuns: 100 },
    )
  })
})

const who = enumeration('who', ['a', 'b'])
const owner = variable('owner', orNone(who), { initial: -1 })
const owned = variable('owned', range(0, 2), { indexedBy: [who] })
const mine = owned.at(owner.at())
const owning = assign(owner.at(), member(who, 'a'))

describe('a mistake of the model', () => {
  it.each<readonly [string, string, readonly Action[]]>([
    ['an index that is none in a guard', 'MC111', [action('looks', { when: equal(mine, integer(1)) })]],
    ['an index that is none in a target', 'MC111', [action('writes', { assign: [assign(mine, integer(1))] })]],
    [
      'a value outside its domain',
      'MC110',
      [
        action('owns', { when: isNone(owner.at(), who), assign: [owning] }),
        action('counts', { when: not(isNone(owner.at(), who)), assign: [assign(mine, add(mine, integer(1)))] }),
      ],
    ],
    [
      'two assignments that meet in one element',
      'MC115',
      [
        action('owns', { when: isNone(owner.at(), who), assign: [owning] }),
        action('writes twice', {
          when: not(isNone(owner.at(), who)),
          assign: [assign(mine, integer(1)), assign(owned.at(member(who, 'a')), integer(2))],
        }),
      ],
    ],
    ['one element assigned twice', 'MC115', [action('writes twice', { assign: [owning, owning] })]],
  ])('is told as the interpreter tells it: %s', (_, expected, actions) => {
    const system: TransitionSystem = {
      name: 'mistaken',
      processes: ['process'],
      variables: [owner.declaration, owned.declaration],
      actions,
      final: truth,
      allocations: [],
    }
    expect(expectSameBehaviour(system, [], false).error?.code).toBe(expected)
  })

  it('that the interpreter does not see is a bug of the toolkit', () => {
    expect(() => attemptWithoutMistake()).toThrow('MC901')
  })

  it('is not confused with another exception', () => {
    expect(() => explainFailure(new RangeError('too deep'), () => {})).toThrow('too deep')
  })
})

function attemptWithoutMistake(): void {
  try {
    fail()
  } catch (thrown) {
    explainFailure(thrown, () => {})
  }
}

describe('compileSystem', () => {
  const counted = variable('counted', range(0, 3))
  const counter: TransitionSystem = {
    name: 'counter',
    processes: ['clock'],
    variables: [counted.declaration],
    actions: [action('tick', { when: less(counted.at(), integer(3)), assign: [assign(counted.at(), integer(3))] })],
    final: equal(counted.at(), integer(3)),
    allocations: [],
  }

  it('refuses more than 31 properties', () => {
    const properties = Array.from({ length: 32 }, (_, i): Property => ({ kind: 'no-deadlock', name: `p${i}`, says: '' }))
    const checked = compileSystem(counter, properties, { renaming: false })
    expect(checked).toMatchObject({ ok: false, diagnostics: [{ code: 'MC203' }] })
  })

  it('refuses to rename identities that their initial elements tell apart', () => {
    const cell = scalarset('cell', { interchangeable: 2 })
    const used = variable('used', range(0, 1), { indexedBy: [cell], initial: [0, 1] })
    const system: TransitionSystem = {
      ...counter,
      variables: [...counter.variables, used.declaration],
      allocations: [{ domain: cell, reusable: truth }],
    }
    expect(compileSystem(system, [], { renaming: false }).ok).toBe(true)
    const checked = compileSystem(system, [], { renaming: true })
    expect(checked).toMatchObject({ ok: false, diagnostics: [{ code: 'MC301' }] })
  })
})
