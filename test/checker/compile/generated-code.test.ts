import { describe, expect, it } from 'vitest'
import type { Reusable } from '../../../src/checker/compile/collect.ts'
import { Identities } from '../../../src/checker/compile/collect.ts'
import { compileSystem, printGenerated } from '../../../src/checker/compile/compile.ts'
import { begin, countMembers, everyMember, fail, inDomain, someMember, within } from '../../../src/checker/compile/javascript/runtime.ts'
import {
  action,
  add,
  after,
  allocation,
  and,
  assign,
  equal,
  event,
  exists,
  falsehood,
  fresh,
  happens,
  integer,
  isNone,
  less,
  member,
  not,
  truth,
  unequal,
  variable,
} from '../../../src/model/language/builder.ts'
import { boolean, enumeration, orNone, range, scalarset } from '../../../src/model/language/domain.ts'
import { shapeOf } from '../../../src/model/language/state.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import type { Property } from '../../../src/properties/language/property.ts'
import { accepted, expansionOf, exploreCompiled } from './explore-compiled.ts'

const thread = enumeration('thread', ['left', 'right'])
const cell = scalarset('cell', { interchangeable: 2 })
const at = variable('at', range(0, 2), { indexedBy: [thread], role: 'control' })
const held = variable('held', orNone(cell), { indexedBy: [thread] })
const used = variable('used', boolean, { indexedBy: [cell] })
const isQuick = variable('isQuick', boolean, { initial: 0 })

function actionsOf(name: 'left' | 'right', process: number): TransitionSystem['actions'] {
  const self = member(thread, name)
  const mine = held.at(self)
  return [
    action(`${name} allocates`, {
      process,
      when: and(equal(at.at(self), integer(0)), isNone(mine, cell)),
      assign: [assign(mine, fresh(cell)), assign(at.at(self), integer(1))],
    }),
    action(`${name} is quick`, {
      process,
      when: and(equal(at.at(self), integer(0)), isQuick.at()),
      assign: [assign(at.at(self), integer(2))],
    }),
    action(`${name} uses`, {
      process,
      when: and(equal(at.at(self), integer(1)), not(used.at(mine))),
      assign: [assign(used.at(mine), truth), assign(at.at(self), add(at.at(self), integer(1)))],
      events: [event('uses')],
    }),
  ]
}

const system: TransitionSystem = {
  name: 'tiny',
  processes: ['left', 'right'],
  variables: [at.declaration, held.declaration, used.declaration, isQuick.declaration],
  actions: [...actionsOf('left', 0), ...actionsOf('right', 1)],
  final: falsehood,
  allocations: [allocation(cell, (each) => not(used.at(each)))],
}

const properties: readonly Property[] = [
  {
    kind: 'invariant',
    name: 'apart',
    says: 'Two threads hold two cells.',
    holds: not(
      and(
        unequal(held.at(member(thread, 'left')), { kind: 'literal', domain: orNone(cell), value: -1 }),
        equal(held.at(member(thread, 'left')), held.at(member(thread, 'right'))),
      ),
    ),
  },
  {
    kind: 'forbidden-transition',
    name: 'moves-on',
    says: 'Who uses a cell moves on.',
    forbids: and(
      happens('uses'),
      exists('each', thread, (each) => less(after(at.at(each)), at.at(each))),
    ),
  },
]

function createIdentities(reusable: readonly Reusable[]): Identities {
  return new Identities(system, shapeOf(system.variables), reusable)
}

describe('generated code', () => {
  it('reads well', async () => {
    const text = accepted(printGenerated(system, properties, { renaming: true }))
    await expect(`${text}\n`).toMatchFileSnapshot('../../golden/generated-code/tiny-system.js')
  })

  it('reads well as WebAssembly', async () => {
    const text = accepted(printGenerated(system, properties, { renaming: true }, 'webassembly'))
    await expect(text).toMatchFileSnapshot('../../golden/generated-code/tiny-system.wat')
  })

  it('is refused as WebAssembly where that has too few bits or members', () => {
    const large = variable('large', range(0, 2_000_000_000))
    const wide = action('wide', { when: less(add(large.at(), large.at()), integer(5)), assign: [assign(large.at(), integer(1))] })
    const declared = { ...system, variables: [...system.variables, large.declaration], actions: [...system.actions, wide] }
    expect(printGenerated(declared, [], { renaming: false }).ok).toBe(true)
    expect(printGenerated(declared, [], { renaming: false }, 'webassembly')).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'MC204', message: 'this cannot be done in WebAssembly: a sum needs more than 32 bits' }],
    })
  })

  it('does what is run', () => {
    const program = accepted(printGenerated(system, properties, { renaming: false }))
    const given = { begin, fail, within, inDomain, someMember, everyMember, countMembers, rename: () => {}, createIdentities }
    const printed = new Function(...Object.keys(given), `${program}\nreturn { expand, observe }`)(...Object.values(given))
    const compiled = accepted(compileSystem(system, properties, { renaming: false }))
    const explored = exploreCompiled(compiled, properties, (values) => {
      expect(expansionOf({ ...compiled, ...printed }, values)).toEqual(expansionOf(compiled, values))
    })
    expect(explored.states.size).toBeGreaterThan(5)
  })

  it('says nothing of an action that can never be enabled', () => {
    expect(accepted(printGenerated(system, properties, { renaming: true }))).not.toContain('is quick')
  })

  it('evaluates a formula only where its event can happen', () => {
    const text = accepted(printGenerated(system, properties, { renaming: false }))
    // One call for each of the two actions that declare the event.
    expect(text.match(/formulas\[\d+\]\(s, n, at\) \?/g)).toHaveLength(2)
  })

  it('keeps the name of an action in one comment line, whatever it is', () => {
    const [first, ...rest] = system.actions
    if (first === undefined) throw new Error('the system has actions')
    const hostile = { ...system, actions: [{ ...first, name: 'a*/\n\u2028throw 1' }, ...rest] }
    expect(accepted(printGenerated(hostile, [], { renaming: false }))).toContain('  // "a*/\\n\\u2028throw 1"\n')
    expect(accepted(printGenerated(hostile, [], { renaming: false }, 'webassembly'))).toContain(';; "a*/\\n\\u2028throw 1"\n')
  })
})
