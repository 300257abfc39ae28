import { describe, expect, it } from 'vitest'
import { printForm, stateAlone } from '../../../src/checker/compile/javascript/print-form.ts'
import { tabulateSlots } from '../../../src/checker/compile/translate/slots.ts'
import { plainScope, translateCondition, translateValue } from '../../../src/checker/compile/translate/translate-expression.ts'
import type { Formula } from '../../../src/model/language/builder.ts'
import {
  action,
  add,
  and,
  assign,
  conditional,
  count,
  equal,
  exists,
  falsehood,
  forAll,
  integer,
  isNone,
  less,
  member,
  not,
  or,
  subtract,
  truth,
  variable,
} from '../../../src/model/language/builder.ts'
import { boolean, enumeration, orNone, range } from '../../../src/model/language/domain.ts'
import type { Expression } from '../../../src/model/language/expression.ts'
import { shapeOf } from '../../../src/model/language/state.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import { expectSameBehaviour } from './explore-compiled.ts'

const who = enumeration('who', ['a', 'b'])
const flag = variable('flag', boolean)
const owner = variable('owner', orNone(who), { initial: -1 })
const owned = variable('owned', range(0, 3), { indexedBy: [who] })
const fixed = variable('fixed', range(0, 9), { initial: 7 })
const table = variable('table', range(0, 3), { indexedBy: [range(1, 40)] })
const many = range(1, 40)

/** Slots: 0 flag, 1 owner, 2 and 3 owned, 4 fixed, 5 to 44 table. */
const system: TransitionSystem = {
  name: 'formulas',
  processes: ['process'],
  variables: [flag, owner, owned, fixed, table].map(({ declaration }) => declaration),
  actions: [
    action('all but the fixed one', {
      when: and(not(isNone(owner.at(), who)), falsehood),
      assign: [
        assign(flag.at(), truth),
        assign(owner.at(), member(who, 'a')),
        assign(owned.at(owner.at()), integer(1)),
        assign(table.at(add(integer(1), integer(1))), integer(1)),
      ],
    }),
  ],
  final: truth,
  allocations: [],
}
const scope = plainScope(tabulateSlots(system, shapeOf(system.variables)))

const unprotected = equal(owned.at(owner.at()), integer(1))

describe('generated conditions', () => {
  it.each<readonly [string, Formula, string]>([
    ['compare slots with constants', equal(owned.at(member(who, 'b')), integer(2)), 's[3] === 2'],
    ['say the opposite by another operator', not(less(owned.at(member(who, 'a')), integer(2))), 's[2] >= 2'],
    ['check an index that may be none', unprotected, 's[2 + within(s[1], 2)] === 1'],
    ['fold what is never assigned', or(less(fixed.at(), integer(7)), flag.at()), 's[0]'],
    ['fold comparisons outside the domain', and(flag.at(), equal(owner.at(), member(orNone(who), 'b'))), 's[0] && s[1] === 1'],
    ['know that three is not less than three at most', less(integer(3), owned.at(member(who, 'a'))), 'false'],
    [
      'know that a term equals itself',
      equal(add(owned.at(member(who, 'a')), integer(1)), add(owned.at(member(who, 'a')), integer(1))),
      'true',
    ],
    ['stop at what decides', and(flag.at(), falsehood, unprotected), 'false'],
    ['keep what may fail before what decides', and(unprotected, falsehood), 's[2 + within(s[1], 2)] === 1 && false'],
    ['write a quantifier out', exists('each', who, (each) => less(owned.at(each), integer(2))), 's[2] < 2 || s[3] < 2'],
    [
      'put a junction in a junction in parentheses',
      and(flag.at(), or(flag.at(), isNone(owner.at(), who))),
      's[0] && (s[0] || s[1] === -1)',
    ],
  ])('%s', (_, formula, expected) => {
    expect(printForm(translateCondition(formula, scope).form, stateAlone).text).toBe(expected)
  })
})

describe('generated values', () => {
  it.each<readonly [string, Expression, string]>([
    ['make a condition a number', not(flag.at()), '!s[0] ? 1 : 0'],
    ['add up a count', count('each', who, (each) => less(owned.at(each), integer(2))), '(s[2] < 2 ? 1 : 0) + (s[3] < 2 ? 1 : 0)'],
    ['keep the order of subtraction', subtract(integer(3), subtract(owned.at(member(who, 'a')), integer(1))), '3 - (s[2] - 1)'],
    ['choose', conditional(flag.at(), integer(1), owned.at(member(who, 'a'))), 's[0] ? 1 : s[2]'],
  ])('%s', (_, expression, expected) => {
    expect(printForm(translateValue(expression, scope).form, stateAlone).text).toBe(expected)
  })

  it('know their interval', () => {
    const term = translateValue(subtract(integer(1), owned.at(member(who, 'a'))), scope)
    expect(term).toMatchObject({ lowest: -2, highest: 1, canFail: false })
  })
})

describe('generated loops', () => {
  it('stand for quantifiers that would be written out more than 64 times', () => {
    const formula = forAll('x', many, (x) => exists('y', many, (y) => less(y, table.at(x))))
    const text = printForm(translateCondition(formula, scope).form, stateAlone).text
    expect(text).toContain('someMember(1, 40, (member0) => member0 < s[5])')
  })

  it.each<readonly [string, Formula]>([
    ['nested', exists('x', many, (x) => forAll('y', many, (y) => or(less(y, x), less(table.at(y), integer(2)))))],
    ['of one name', exists('x', many, () => exists('x', many, (x) => forAll('y', many, (y) => or(less(x, y), equal(x, y)))))],
    ['that fail at an index', exists('x', many, (x) => exists('y', many, (y) => equal(table.at(subtract(x, y)), integer(1))))],
    [
      'that count',
      equal(
        count('x', many, (x) => exists('y', many, (y) => equal(add(x, integer(1)), y))),
        integer(39),
      ),
    ],
    ['after which nothing is left', not(exists('x', many, (x) => exists('y', many, (y) => less(add(x, integer(99)), y))))],
  ])('mean what the interpreter means: %s', (_, formula) => {
    const enabled = action('enabled', { when: formula, assign: [assign(table.at(integer(3)), integer(2))] })
    const other = action('other', { when: not(formula), assign: [assign(table.at(integer(2)), integer(3))] })
    expectSameBehaviour({ ...system, actions: [enabled, other] }, [], false)
  })
})
