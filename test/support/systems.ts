import {
  action,
  add,
  allocation,
  and,
  assign,
  count,
  equal,
  event,
  exists,
  forAll,
  fresh,
  integer,
  isNone,
  less,
  literal,
  member,
  none,
  not,
  subtract,
  truth,
  unequal,
  variable,
} from '../../src/model/language/builder.ts'
import { boolean, enumeration, orNone, range, scalarset } from '../../src/model/language/domain.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'

/**
 * Ten small systems with known behaviour, for tests of everything that takes a transition system. `test/model/language/systems.test.ts` says
 * how many states each has and where the number comes from.
 */
export const smallSystems = {
  counter: counter(3),
  overflowingCounter: overflowingCounter(),
  mutex: mutex(),
  brokenMutex: brokenMutex(),
  twoPhilosophers: philosophers(2),
  threePhilosophers: philosophers(3),
  producerAndConsumer: producerAndConsumer(),
  tinyGil: tinyGil(),
  pool: pool(),
  interpretersWithThreadStates: interpretersWithThreadStates(),
} as const satisfies Record<string, TransitionSystem>

/** Counts to `last` and stops there, as it should. */
function counter(last: number): TransitionSystem {
  const counted = variable('counted', range(0, last))
  return {
    name: 'counter',
    processes: ['clock'],
    variables: [counted.declaration],
    actions: [
      action('tick', {
        when: less(counted.at(), integer(last)),
        assign: [assign(counted.at(), add(counted.at(), integer(1)))],
        events: [event('ticks')],
      }),
    ],
    final: equal(counted.at(), integer(last)),
    allocations: [],
  }
}

/** A counter without a guard: the step after the last one is a mistake of the model, MC110. */
function overflowingCounter(): TransitionSystem {
  const counted = variable('counted', range(0, 2))
  return {
    name: 'overflowing counter',
    processes: ['clock'],
    variables: [counted.declaration],
    actions: [action('tick', { assign: [assign(counted.at(), add(counted.at(), integer(1)))] })],
    final: truth,
    allocations: [],
  }
}

/** Two threads and one lock, taken in one step; a monitor counts who is inside. */
function mutex(): TransitionSystem {
  const thread = scalarset('thread', { interchangeable: 2 })
  const owner = variable('owner', orNone(thread))
  const inside = variable('inside', range(0, 2), { role: 'monitor', says: 'threads in the critical section' })
  return {
    name: 'mutex',
    processes: ['left', 'right'],
    variables: [owner.declaration, inside.declaration],
    actions: ['left', 'right'].flatMap((name, process) => {
      const self = literal(thread, process)
      return [
        action(`${name} locks`, {
          process,
          when: isNone(owner.at(), thread),
          assign: [assign(owner.at(), self), assign(inside.at(), add(inside.at(), integer(1)))],
          events: [event('enters')],
        }),
        action(`${name} unlocks`, {
          process,
          when: equal(owner.at(), self),
          assign: [assign(owner.at(), none(thread)), assign(inside.at(), subtract(inside.at(), integer(1)))],
        }),
      ]
    }),
    final: truth,
    allocations: [],
  }
}

/** Two threads that look at the flag in one step and set it in another: both get in. */
function brokenMutex(): TransitionSystem {
  const thread = scalarset('thread', { interchangeable: 2 })
  const phase = enumeration('phase', ['outside', 'about to enter', 'inside'])
  const at = variable('at', phase, { indexedBy: [thread], role: 'control' })
  const taken = variable('taken', boolean)
  const inside = variable('inside', range(0, 2), { role: 'monitor' })
  return {
    name: 'broken mutex',
    processes: ['left', 'right'],
    variables: [at.declaration, taken.declaration, inside.declaration],
    actions: ['left', 'right'].flatMap((name, process) => {
      const self = literal(thread, process)
      const isAt = (place: string) => equal(at.at(self), member(phase, place))
      return [
        action(`${name} sees the flag down`, {
          process,
          when: and(isAt('outside'), not(taken.at())),
          assign: [assign(at.at(self), member(phase, 'about to enter'))],
        }),
        action(`${name} enters`, {
          process,
          when: isAt('about to enter'),
          assign: [
            assign(at.at(self), member(phase, 'inside')),
            assign(taken.at(), truth),
            assign(inside.at(), add(inside.at(), integer(1))),
          ],
          events: [event('enters')],
        }),
        action(`${name} leaves`, {
          process,
          when: isAt('inside'),
          assign: [
            assign(at.at(self), member(phase, 'outside')),
            assign(taken.at(), literal(boolean, 0)),
            assign(inside.at(), subtract(inside.at(), integer(1))),
          ],
        }),
      ]
    }),
    final: truth,
    allocations: [],
  }
}

/** Each takes the fork on its left, then the one on its right, then puts both back; all with a left fork is a deadlock. */
function philosophers(size: number): TransitionSystem {
  const names = Array.from({ length: size }, (_, seat) => `philosopher ${seat + 1}`)
  const philosopher = enumeration('philosopher', names)
  const seat = range(0, size - 1)
  const fork = variable('fork', orNone(philosopher), { indexedBy: [seat], says: 'who holds the fork' })
  return {
    name: `${size} philosophers`,
    processes: names,
    variables: [fork.declaration],
    actions: names.flatMap((name, process) => {
      const self = member(philosopher, name)
      const left = fork.at(integer(process))
      const right = fork.at(integer((process + 1) % size))
      return [
        action(`${name} takes left`, { process, when: isNone(left, philosopher), assign: [assign(left, self)] }),
        action(`${name} takes right`, {
          process,
          when: and(equal(left, self), isNone(right, philosopher)),
          assign: [assign(right, self)],
        }),
        action(`${name} puts both back`, {
          process,
          when: and(equal(left, self), equal(right, self)),
          assign: [assign(left, none(philosopher)), assign(right, none(philosopher))],
        }),
      ]
    }),
    final: literal(boolean, 0),
    allocations: [],
  }
}

/** A buffer of two places between a producer that makes three things and a consumer that takes them. */
function producerAndConsumer(): TransitionSystem {
  const made = variable('made', range(0, 3))
  const taken = variable('taken', range(0, 3))
  const one = integer(1)
  return {
    name: 'producer and consumer',
    processes: ['producer', 'consumer'],
    variables: [made.declaration, taken.declaration],
    actions: [
      action('produce', {
        process: 0,
        when: and(less(made.at(), integer(3)), less(subtract(made.at(), taken.at()), integer(2))),
        assign: [assign(made.at(), add(made.at(), one))],
      }),
      action('consume', {
        process: 1,
        when: less(taken.at(), made.at()),
        assign: [assign(taken.at(), add(taken.at(), one))],
      }),
    ],
    final: equal(taken.at(), integer(3)),
    allocations: [],
  }
}

/** Two threads that attach under one GIL; a release asks for it only while some thread waits, as the eval loop does. */
function tinyGil(): TransitionSystem {
  const thread = scalarset('thread', { interchangeable: 2 })
  const phase = enumeration('phase', ['detached', 'waiting', 'attached'])
  const at = variable('at', phase, { indexedBy: [thread] })
  const gil = variable('gil', orNone(thread), { says: 'owner of the GIL' })
  const isAt = (who: ReturnType<typeof literal<'scalarset thread'>>, place: string) => equal(at.at(who), member(phase, place))
  return {
    name: 'tiny GIL',
    processes: ['thread 1', 'thread 2'],
    variables: [at.declaration, gil.declaration],
    actions: ['thread 1', 'thread 2'].flatMap((name, process) => {
      const self = literal(thread, process)
      return [
        action(`${name} asks for the GIL`, {
          process,
          when: isAt(self, 'detached'),
          assign: [assign(at.at(self), member(phase, 'waiting'))],
        }),
        action(`${name} takes the GIL`, {
          process,
          when: and(isAt(self, 'waiting'), isNone(gil.at(), thread)),
          assign: [assign(at.at(self), member(phase, 'attached')), assign(gil.at(), self)],
          events: [event('attaches')],
        }),
        action(`${name} lets the GIL go`, {
          process,
          when: and(
            isAt(self, 'attached'),
            exists('other', thread, (other) => equal(at.at(other), member(phase, 'waiting'))),
          ),
          assign: [assign(at.at(self), member(phase, 'detached')), assign(gil.at(), none(thread))],
        }),
      ]
    }),
    final: forAll('each', thread, (each) => equal(at.at(each), member(phase, 'detached'))),
    allocations: [],
  }
}

/** Two threads that take an identity from a pool of three, mark it used, and give it back. */
function pool(): TransitionSystem {
  const thread = scalarset('thread', { interchangeable: 2 })
  const cell = scalarset('cell', { interchangeable: 3 })
  const held = variable('held', orNone(cell), { indexedBy: [thread] })
  const used = variable('used', boolean, { indexedBy: [cell] })
  return {
    name: 'pool',
    processes: ['left', 'right'],
    variables: [held.declaration, used.declaration],
    actions: ['left', 'right'].flatMap((name, process) => {
      const mine = held.at(literal(thread, process))
      return [
        action(`${name} allocates`, { process, when: isNone(mine, cell), assign: [assign(mine, fresh(cell))] }),
        action(`${name} uses`, {
          process,
          when: and(unequal(mine, none(cell)), not(used.at(mine))),
          assign: [assign(used.at(mine), truth)],
        }),
        action(`${name} frees`, {
          process,
          when: and(unequal(mine, none(cell)), used.at(mine)),
          assign: [assign(mine, none(cell)), assign(used.at(mine), literal(boolean, 0))],
        }),
      ]
    }),
    final: less(
      count('each', cell, (each) => used.at(each)),
      integer(3),
    ),
    allocations: [allocation(cell, (each) => not(used.at(each)))],
  }
}

/**
 * Two allocations of which one refers to the other, the interpreters declared first: a thread state that is forgotten may be the last to
 * refer to its interpreter, and what is known of that must be forgotten with it. The main interpreter is distinguished.
 */
function interpretersWithThreadStates(): TransitionSystem {
  const interpreter = scalarset('interpreter', { distinguished: ['main'], interchangeable: 3 })
  const threadState = scalarset('thread state', { interchangeable: 2 })
  const newest = variable('newest', orNone(interpreter))
  const current = variable('current', orNone(threadState))
  const saved = variable('saved', orNone(threadState))
  const home = variable('home', interpreter, { indexedBy: [threadState] })
  const started = variable('started', boolean, { indexedBy: [interpreter] })
  const hasCurrent = unequal(current.at(), none(threadState))
  return {
    name: 'interpreters with thread states',
    processes: ['thread'],
    variables: [newest.declaration, current.declaration, saved.declaration, home.declaration, started.declaration],
    actions: [
      action('new interpreter', {
        when: isNone(newest.at(), interpreter),
        assign: [assign(newest.at(), fresh(interpreter))],
      }),
      action('start', {
        when: and(unequal(newest.at(), none(interpreter)), not(started.at(newest.at()))),
        assign: [assign(started.at(newest.at()), truth)],
      }),
      action('new thread state', { when: not(hasCurrent), assign: [assign(current.at(), fresh(threadState))] }),
      action('move home', {
        when: and(hasCurrent, unequal(newest.at(), none(interpreter))),
        assign: [assign(home.at(current.at()), newest.at()), assign(newest.at(), none(interpreter))],
      }),
      action('swap', { assign: [assign(saved.at(), current.at()), assign(current.at(), saved.at())] }),
      action('delete', { when: hasCurrent, assign: [assign(current.at(), none(threadState))] }),
    ],
    final: truth,
    allocations: [allocation(interpreter, () => truth), allocation(threadState, () => truth)],
  }
}
