import type { Action } from '../../src/model/language/action.ts'
import type { Formula, Term } from '../../src/model/language/builder.ts'
import {
  action,
  add,
  and,
  assign,
  equal,
  falsehood,
  integer,
  less,
  member,
  none,
  or,
  truth,
  variable,
} from '../../src/model/language/builder.ts'
import { boolean, enumeration, orNone, range } from '../../src/model/language/domain.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'

/** The system of test/oracle/spin/gil.pml: n threads, two interpreters with a GIL each, finalization. */
export function smallGil(n: number): TransitionSystem {
  const places = enumeration('place', ['idle', 'want', 'hold', 'dropped', 'released', 'hung'])
  const thread = enumeration(
    'thread',
    Array.from({ length: n }, (_, i) => `thread ${i}`),
  )
  const interpreter = range(0, 1)
  const gil = variable('gil', orNone(thread), { indexedBy: [interpreter] })
  const finalizing = variable('finalizing', range(0, 2), { indexedBy: [interpreter] })
  const nobody = none(orNone(thread))
  const at = variable('at', places, { indexedBy: [thread] })
  const depth = variable('depth', range(0, 2), { indexedBy: [thread] })
  const home = variable('home', interpreter, { indexedBy: [thread] })
  const name = (me: number): Term<'enumeration thread'> => member(thread, `thread ${me}`)
  const isAt = (me: number, place: string): Formula => equal(at.at(name(me)), member(places, place))
  const go = (me: number, place: string) => assign(at.at(name(me)), member(places, place))
  const threadActions = (me: number): readonly Action[] => {
    const mine = home.at(name(me))
    const count = depth.at(name(me))
    const free = and(equal(gil.at(mine), nobody), less(finalizing.at(mine), integer(2)))
    const gone = equal(finalizing.at(mine), integer(2))
    const take = assign(gil.at(mine), name(me))
    const give = assign(gil.at(mine), nobody)
    const act = (name: string, when: Formula, ...assignments: Action['assignments']) =>
      action(`${me} ${name}`, { process: me, when, assign: assignments })
    return [
      act('wants 0', isAt(me, 'idle'), assign(mine, integer(0)), go(me, 'want')),
      act('wants 1', isAt(me, 'idle'), assign(mine, integer(1)), go(me, 'want')),
      act('takes', and(isAt(me, 'want'), free), take, go(me, 'hold'), assign(count, integer(1))),
      act('hangs', and(isAt(me, 'want'), gone), go(me, 'hung')),
      act('nests', and(isAt(me, 'hold'), less(count, integer(2))), assign(count, add(count, integer(1)))),
      act('unnests', and(isAt(me, 'hold'), equal(count, integer(2))), assign(count, integer(1))),
      act('drops', isAt(me, 'hold'), give, go(me, 'dropped')),
      act('restores', and(isAt(me, 'dropped'), free), take, go(me, 'hold')),
      act('hangs restoring', and(isAt(me, 'dropped'), gone), go(me, 'hung')),
      act('releases', and(isAt(me, 'hold'), equal(count, integer(1))), give, go(me, 'released'), assign(count, integer(0))),
      act('rests', isAt(me, 'released'), go(me, 'idle'), assign(mine, integer(0))),
    ]
  }
  const finalizer = (it: number): readonly Action[] =>
    [0, 1].map((phase) =>
      action(`finalizer ${it} goes to ${phase + 1}`, {
        process: n + it,
        when: and(equal(gil.at(integer(it)), nobody), equal(finalizing.at(integer(it)), integer(phase))),
        assign: [assign(finalizing.at(integer(it)), integer(phase + 1))],
      }),
    )
  const threads = Array.from({ length: n }, (_, i) => i)
  return {
    name: `small GIL, ${n} threads`,
    processes: [...threads.map((i) => `thread ${i}`), 'finalizer 0', 'finalizer 1'],
    variables: [gil, finalizing, at, depth, home].map((handle) => handle.declaration),
    actions: [...threads.flatMap(threadActions), ...finalizer(0), ...finalizer(1)],
    final: truth,
    allocations: [],
  }
}

/** The system of test/oracle/spin/peterson.pml. */
export function peterson(): TransitionSystem {
  const wants = variable('wants', boolean, { indexedBy: [range(0, 1)] })
  const turn = variable('turn', range(0, 1))
  const at = variable('at', range(0, 3), { indexedBy: [range(0, 1)] })
  const actions = [0, 1].flatMap((me) => {
    const other = 1 - me
    const here = (place: number): Formula => equal(at.at(integer(me)), integer(place))
    const go = (place: number) => assign(at.at(integer(me)), integer(place))
    const mayEnter = or(equal(wants.at(integer(other)), falsehood), equal(turn.at(), integer(me)))
    const act = (name: string, when: Formula, ...assignments: Action['assignments']) =>
      action(`${me} ${name}`, { process: me, when, assign: assignments })
    return [
      act('wants', here(0), assign(wants.at(integer(me)), truth), go(1)),
      act('gives way', here(1), assign(turn.at(), integer(other)), go(2)),
      act('enters', and(here(2), mayEnter), go(3)),
      act('leaves', here(3), assign(wants.at(integer(me)), falsehood), go(0)),
    ]
  })
  return {
    name: 'peterson',
    processes: ['A', 'B'],
    variables: [wants, turn, at].map((handle) => handle.declaration),
    actions,
    final: falsehood,
    allocations: [],
  }
}

/** The system of test/oracle/spin/dining.pml: three philosophers, left fork first. */
export function dining(): TransitionSystem {
  const n = 3
  const place = range(0, n - 1)
  const fork = variable('fork', range(0, n), { indexedBy: [place] })
  const at = variable('at', range(0, 3), { indexedBy: [place] })
  const actions = Array.from({ length: n }, (_, me) => {
    const left = fork.at(integer(me))
    const right = fork.at(integer((me + 1) % n))
    const here = (step: number): Formula => equal(at.at(integer(me)), integer(step))
    const go = (step: number) => assign(at.at(integer(me)), integer(step))
    const act = (name: string, when: Formula, ...assignments: Action['assignments']) =>
      action(`${me} ${name}`, { process: me, when, assign: assignments })
    return [
      act('takes the left fork', and(here(0), equal(left, integer(0))), assign(left, integer(me + 1)), go(1)),
      act('takes the right fork', and(here(1), equal(right, integer(0))), assign(right, integer(me + 1)), go(2)),
      act('puts the left fork down', here(2), assign(left, integer(0)), go(3)),
      act('puts the right fork down', here(3), assign(right, integer(0)), go(0)),
    ]
  }).flat()
  const processes = Array.from({ length: n }, (_, i) => `philosopher ${i}`)
  return {
    name: 'dining',
    processes,
    variables: [fork, at].map((handle) => handle.declaration),
    actions,
    final: falsehood,
    allocations: [],
  }
}
