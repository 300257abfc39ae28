import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeDiagnostic } from '../../../src/foundation/diagnostic.ts'
import {
  action,
  allocation,
  assign,
  equal,
  falsehood,
  fresh,
  integer,
  less,
  literal,
  member,
  none,
  not,
  truth,
  variable,
} from '../../../src/model/language/builder.ts'
import { boolean, enumeration, orNone, range, scalarset } from '../../../src/model/language/domain.ts'
import type { Expression } from '../../../src/model/language/expression.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import { validateSystem } from '../../../src/model/language/validate.ts'
import { transitionSystems } from '../../arbitraries/transition-system.ts'

const thread = scalarset('thread', { interchangeable: 2 })
const cell = scalarset('cell', { distinguished: ['main'], interchangeable: 2 })
const phase = enumeration('phase', ['idle', 'busy'])
const slot = variable('slot', orNone(cell), { indexedBy: [thread] })
const used = variable('used', boolean, { indexedBy: [cell] })
const counted = variable('counted', range(0, 3))
const at = variable('at', phase)
const seen = variable('seen', range(0, 3), { role: 'monitor' })
const first = literal(thread, 0)

/** A valid system for the mistakes to be put into. */
const sound: TransitionSystem = {
  name: 'sound',
  processes: ['left', 'right'],
  variables: [slot, used, counted, at, seen].map(({ declaration }) => declaration),
  actions: [
    action('allocate', { assign: [assign(slot.at(first), fresh(cell))] }),
    action('watch', { process: 1, assign: [assign(seen.at(), counted.at())] }),
  ],
  final: truth,
  allocations: [allocation(cell, (each) => not(used.at(each)))],
}

function mistakesIn(changes: Partial<TransitionSystem>): readonly string[] {
  const checked = validateSystem({ ...sound, ...changes })
  return checked.ok ? [] : checked.diagnostics.map(describeDiagnostic)
}

function mistakesInGuard(guard: Expression): readonly string[] {
  return mistakesIn({ actions: [action('act', { when: guard as typeof truth })] })
}

function mistakesInAssignment(target: Expression, value: Expression): readonly string[] {
  const assignment = { target, value } as TransitionSystem['actions'][number]['assignments'][number]
  return mistakesIn({ actions: [action('act', { assign: [assignment] })] })
}

const read = (name: string, ...indices: readonly Expression[]): Expression => ({ kind: 'read', variable: name, indices })

const equals = (left: Expression, right: Expression): Expression => ({ kind: 'equal', left, right })

const conditionalParts = {
  kind: 'conditional',
  condition: truth,
  then: integer(1),
  otherwise: integer(2),
} as const satisfies Expression

describe('validateSystem', () => {
  it('accepts what is well formed', () => {
    expect(validateSystem(sound)).toEqual({ ok: true, value: sound })
  })

  it('accepts every random system', () => {
    fc.assert(fc.property(transitionSystems(), (system) => validateSystem(system).ok))
  }, 60_000)

  it('refuses an unknown variable and names the nearest (MC101)', () => {
    expect(mistakesInGuard(equals(read('countd'), integer(1)))).toMatchInlineSnapshot(`
      [
        "MC101: system sound, action act, guard: there is no variable "countd"
        Did you mean "counted"?",
      ]
    `)
  })

  it('refuses a guard that is not boolean (MC102)', () => {
    expect(mistakesInGuard(counted.at())).toMatchInlineSnapshot(`
      [
        "MC102: system sound, action act, guard: "counted" is an integer; expected a boolean
        Compare it with something.",
      ]
    `)
  })

  it('refuses a value of another sort than its variable (MC102)', () => {
    expect(mistakesInAssignment(read('at'), integer(1))).toMatchInlineSnapshot(`
      [
        "MC102: system sound, action act, assignment to at: "1" is an integer; expected a member of phase
        Assign a value of the domain of the variable.",
      ]
    `)
  })

  it('refuses an index of another sort (MC102)', () => {
    expect(mistakesInGuard(equals(read('slot', integer(0)), none(cell)))).toMatchInlineSnapshot(`
      [
        "MC102: system sound, action act, guard: "0" is an integer; expected a member of thread as index
        Use an index of that domain.",
      ]
    `)
  })

  it('refuses branches of unlike sorts (MC102)', () => {
    const mixed: Expression = { ...conditionalParts, otherwise: member(phase, 'idle') }
    expect(mistakesInAssignment(read('counted'), mixed)).toMatchInlineSnapshot(`
      [
        "MC102: system sound, action act, assignment to counted: one branch is an integer, the other a member of phase
        Give both branches one domain.",
      ]
    `)
  })

  it('refuses to name an interchangeable member of an allocated scalarset (MC102)', () => {
    expect(mistakesInAssignment(read('slot', first), literal(cell, 2))).toMatchInlineSnapshot(`
      [
        "MC102: system sound, action act, assignment to slot[thread 1]: "cell 2" is written out, but the members of that scalarset are allocated and interchangeable: naming one would break symmetry
        Use a variable that holds it, a quantifier, or a distinguished member.",
      ]
    `)
  })

  it('refuses elements of interchangeable members that begin unlike (MC102)', () => {
    const unlike = variable('used', boolean, { indexedBy: [cell], initial: [1, 0, 1] }).declaration
    const variables = sound.variables.map((each) => (each.name === 'used' ? unlike : each))
    expect(mistakesIn({ variables })).toMatchInlineSnapshot(`
      [
        "MC102: system sound, variable used, initial value: the element at cell 2 begins as "true"; that would tell interchangeable members apart and break symmetry
        Begin alike for all of them, use a distinguished member, or set it by a first action.",
      ]
    `)
  })

  it('refuses to compare unlike domains (MC103)', () => {
    expect(mistakesInGuard({ kind: 'equal', left: at.at(), right: first })).toMatchInlineSnapshot(`
      [
        "MC103: system sound, action act, guard: "at" is a member of phase, but "thread 1" is a member of thread
        Compare two values of one domain.",
      ]
    `)
  })

  it.each([
    ['a scalarset', first],
    ['an enumeration', at.at()],
    ['a boolean', truth],
  ])('refuses to order %s (MC104)', (_, operand) => {
    const codes = (guard: Expression): readonly string[] => mistakesInGuard(guard).map((text) => text.slice(0, 5))
    expect(codes({ kind: 'less', left: operand, right: integer(1) })).toEqual(['MC104'])
    const sum: Expression = { kind: 'add', left: integer(1), right: operand }
    expect(codes({ kind: 'equal', left: sum, right: integer(1) })).toEqual(['MC104'])
  })

  it('says why a scalarset has no order (MC104)', () => {
    expect(mistakesInGuard({ kind: 'less', left: first, right: integer(1) })).toMatchInlineSnapshot(`
      [
        "MC104: system sound, action act, guard: "less" is asked of "thread 1", which is a member of thread; expected an integer
        Only a range has an order; members of other domains can be equal or different.",
      ]
    `)
  })

  it('refuses an initial value outside its domain (MC105)', () => {
    const variables = [...sound.variables, variable('late', range(0, 1), { initial: 2 }).declaration]
    expect(mistakesIn({ variables })).toMatchInlineSnapshot(`
      [
        "MC105: system sound, variable late, initial value: "2" is not among 0..1
        Widen the domain, or correct the value.",
      ]
    `)
  })

  it('refuses to assign a literal outside the domain of the variable (MC105)', () => {
    expect(mistakesInAssignment(read('counted'), integer(4))).toMatchInlineSnapshot(`
      [
        "MC105: system sound, action act, assignment to counted: "4" is not among 0..3
        Widen the domain, or correct the value.",
      ]
    `)
  })

  it('refuses a process that does not exist (MC105)', () => {
    expect(mistakesIn({ actions: [action('act', { process: 2 })] })).toMatchInlineSnapshot(`
      [
        "MC105: system sound, action act: process 2 does not exist; expected 0 to 1 (left, right)
        Use the position of a process.",
      ]
    `)
  })

  it('refuses a literal index outside the index domain (MC105)', () => {
    expect(mistakesInGuard(equals(read('slot', none(thread)), none(cell)))).toMatchInlineSnapshot(`
      [
        "MC105: system sound, action act, guard: index "none" is not among thread (2)
        Use one of them.",
      ]
    `)
  })

  it('refuses names used twice: variables, actions, processes, domains, bound names (MC106)', () => {
    const variables = [...sound.variables, counted.declaration, variable('other', enumeration('phase', ['a'])).declaration]
    const nested: Expression = {
      kind: 'exists',
      name: 'each',
      domain: thread,
      body: { kind: 'exists', name: 'each', domain: thread, body: truth },
    }
    const actions = [action('act', { when: nested as typeof truth }), action('act', {})]
    expect(mistakesIn({ variables, actions, processes: ['left', 'left'] })).toMatchInlineSnapshot(`
      [
        "MC106: system sound: two variables are named "counted"
        Give one of them another name.",
        "MC106: system sound: two actions are named "act"
        Give one of them another name.",
        "MC106: system sound: two processes are named "left"
        Give one of them another name.",
        "MC106: system sound, variable other: two domains named "phase" have unlike members
        Give one of them another name.",
        "MC106: system sound, action act, guard: "each" is bound again inside a quantifier that binds it
        Give the inner one another name.",
      ]
    `)
  })

  it('refuses a wrong number of indices (MC107)', () => {
    expect(mistakesInGuard(equals(read('slot'), none(cell)))).toMatchInlineSnapshot(`
      [
        "MC107: system sound, action act, guard: "slot" has 0 indices; expected thread (2)
        Give one value for each.",
      ]
    `)
  })

  it('refuses a wrong number of initial values (MC107)', () => {
    const variables = [...sound.variables, { ...slot.declaration, name: 'short', initial: [0] }]
    expect(mistakesIn({ variables })).toMatchInlineSnapshot(`
      [
        "MC107: system sound, variable short: 1 initial values are given; expected 2
        Give one for each element, or one for all.",
      ]
    `)
  })

  it('refuses a guard, a final formula, an allocation and an assignment that read a monitor (MC108)', () => {
    const watched = equal(seen.at(), integer(0))
    const found = mistakesIn({
      actions: [action('act', { when: watched, assign: [assign(counted.at(), seen.at())] })],
      final: watched,
      allocations: [allocation(cell, () => watched)],
    })
    expect(found.map((text) => text.split(':', 2).join(':'))).toMatchInlineSnapshot(`
      [
        "MC108: system sound, allocation of cell (main, 2 others), reusable",
        "MC108: system sound, final",
        "MC108: system sound, action act, guard",
        "MC108: system sound, action act, assignment to counted",
      ]
    `)
  })

  it('lets events and assignments to monitors read monitors', () => {
    const watched = equal(seen.at(), integer(0))
    const events = [{ name: 'watched', when: watched }]
    expect(mistakesIn({ actions: [action('act', { events, assign: [assign(seen.at(), seen.at())] })] })).toEqual([])
  })

  it('refuses a name that no quantifier binds (MC109)', () => {
    expect(mistakesInGuard({ kind: 'bound', name: 'each', domain: boolean })).toMatchInlineSnapshot(`
      [
        "MC109: system sound, action act, guard: no quantifier around it binds "each"
        There is none at all.",
      ]
    `)
  })

  it('refuses two assignments to one place (MC115)', () => {
    const assignments = [assign(counted.at(), integer(1)), assign(counted.at(), integer(2))]
    expect(mistakesIn({ actions: [action('act', { assign: assignments })] })).toMatchInlineSnapshot(`
      [
        "MC115: system sound, action act, assignment to counted: "counted" is assigned twice in one action
        Keep one assignment, or make two actions.",
      ]
    `)
  })

  it.each<[string, Expression]>([
    ['after', { kind: 'equal', left: { kind: 'after', read: counted.at() }, right: integer(1) }],
    ['actor', { kind: 'equal', left: { kind: 'actor', domain: thread }, right: first }],
    ['event', { kind: 'event', name: 'watched' }],
    ['fresh', { kind: 'equal', left: fresh(cell), right: none(cell) }],
  ])('refuses %s in a guard, a final formula and the condition of an event (MC402)', (_, term) => {
    const formula = term as typeof truth
    const found = mistakesIn({
      actions: [action('act', { when: formula, events: [{ name: 'watched', when: formula }] })],
      final: formula,
    })
    expect(found.map((text) => text.slice(0, 5))).toEqual(['MC402', 'MC402', 'MC402'])
  })

  it('refuses to allocate from a scalarset without an allocation (MC402)', () => {
    expect(mistakesIn({ allocations: [] })).toMatchInlineSnapshot(`
      [
        "MC402: system sound, action allocate, assignment to slot[thread 1]: "fresh" asks for one of cell (main, 2 others), which has no allocation
        Declare an allocation of that scalarset in the system.",
      ]
    `)
  })

  it('refuses a domain without values (MC102)', () => {
    const variables = [...sound.variables, variable('empty', range(1, 0)).declaration]
    expect(mistakesIn({ variables })[0]).toMatchInlineSnapshot(`
      "MC102: system sound, variable empty: 1..0 has no values
        A range goes from one integer to another that is not less."
    `)
  })

  it('reports one mistake once, however deep', () => {
    const deep = not(not(less(counted.at(), read('conted') as ReturnType<typeof counted.at>)))
    expect(mistakesInGuard({ kind: 'and', operands: [deep, falsehood] })).toHaveLength(1)
  })
})
