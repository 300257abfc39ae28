import { describe, expect, it } from 'vitest'
import {
  action,
  actor,
  add,
  after,
  and,
  assign,
  conditional,
  count,
  equal,
  event,
  exists,
  forAll,
  fresh,
  happens,
  implies,
  integer,
  isNone,
  less,
  member,
  not,
  or,
  subtract,
  truth,
  unequal,
  variable,
} from '../../../src/model/language/builder.ts'
import { boolean, enumeration, orNone, range, scalarset } from '../../../src/model/language/domain.ts'
import type { Expression } from '../../../src/model/language/expression.ts'
import { printAction, printDomain, printExpression, printSystem } from '../../../src/model/language/print.ts'
import { smallSystems } from '../../support/systems.ts'

const thread = scalarset('thread', { interchangeable: 2 })
const interpreter = scalarset('interpreter', { distinguished: ['main'], interchangeable: 1 })
const lock = enumeration('lock', ['LOCKED', 'UNLOCKED'])
const home = variable('home', orNone(interpreter), { indexedBy: [thread] })
const token = variable('token', lock)
const depth = variable('depth', range(0, 3))
const done = variable('done', boolean)

describe('printExpression', () => {
  it.each<[Expression, string]>([
    [equal(token.at(), member(lock, 'LOCKED')), 'token = LOCKED'],
    [unequal(token.at(), member(lock, 'LOCKED')), 'token != LOCKED'],
    [not(and(done.at(), truth)), 'not (done and true)'],
    [or(and(done.at(), truth), not(done.at())), 'done and true or not done'],
    [and(or(done.at(), truth), done.at()), '(done or true) and done'],
    [implies(done.at(), truth), 'not done or true'],
    [and(), 'true'],
    [or(), 'false'],
    [less(add(depth.at(), integer(1)), integer(3)), 'depth + 1 < 3'],
    [equal(subtract(depth.at(), subtract(depth.at(), integer(1))), integer(1)), 'depth - (depth - 1) = 1'],
    [conditional(done.at(), depth.at(), integer(0)), 'if done then depth else 0'],
    [
      exists('each', thread, (each) => and(isNone(home.at(each), interpreter), not(done.at()))),
      'exists each in thread: home[each] = none and not done',
    ],
    [
      and(
        forAll('each', thread, (each) => equal(home.at(each), member(interpreter, 'main'))),
        done.at(),
      ),
      '(for all each in thread: home[each] = main) and done',
    ],
    [
      less(
        count('each', thread, () => truth),
        integer(2),
      ),
      '(count each in thread: true) < 2',
    ],
    [fresh(interpreter), 'fresh interpreter'],
    [exists('each', thread, (each) => equal(each, actor(thread))), 'exists each in thread: each = actor'],
    [and(happens('attaches'), equal(after(depth.at()), integer(1))), 'happens "attaches" and after depth = 1'],
  ])('reads as prose: %#', (expression, text) => {
    expect(printExpression(expression)).toBe(text)
  })
})

describe('printDomain', () => {
  it('names the values', () => {
    expect([boolean, range(-1, 2), lock, thread, orNone(interpreter)].map(printDomain)).toEqual([
      'boolean',
      '-1..2',
      'lock (LOCKED, UNLOCKED)',
      'thread (2)',
      'interpreter (main, 1 others) or none',
    ])
  })
})

describe('printAction', () => {
  it('says who does what when', () => {
    const ensure = action('Ensure', {
      process: 1,
      when: less(depth.at(), integer(3)),
      assign: [assign(depth.at(), add(depth.at(), integer(1))), assign(token.at(), member(lock, 'LOCKED'))],
      events: [event('ensures'), event('ensures again', less(integer(0), depth.at()))],
    })
    expect(printAction(ensure, ['left', 'right'])).toMatchInlineSnapshot(`
      "action Ensure of right
        when depth < 3
        depth := depth + 1
        token := LOCKED
        event ensures
        event ensures again when 0 < depth"
    `)
  })
})

describe('printSystem', () => {
  it('declares everything in order', () => {
    expect(printSystem(smallSystems.pool)).toMatchInlineSnapshot(`
      "system pool
      processes left, right
      shared held[thread]: cell (3) or none = none
      shared used[cell]: boolean = false
      allocates cell, reusable when not used[member]
      final when (count each in cell: used[each]) < 3
      action left allocates of left
        when held[thread 1] = none
        held[thread 1] := fresh cell
      action left uses of left
        when held[thread 1] != none and not used[held[thread 1]]
        used[held[thread 1]] := true
      action left frees of left
        when held[thread 1] != none and used[held[thread 1]]
        held[thread 1] := none
        used[held[thread 1]] := false
      action right allocates of right
        when held[thread 2] = none
        held[thread 2] := fresh cell
      action right uses of right
        when held[thread 2] != none and not used[held[thread 2]]
        used[held[thread 2]] := true
      action right frees of right
        when held[thread 2] != none and used[held[thread 2]]
        held[thread 2] := none
        used[held[thread 2]] := false"
    `)
  })
})
