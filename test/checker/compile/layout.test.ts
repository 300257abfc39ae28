import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Layout } from '../../../src/checker/compile/layout.ts'
import { layOut } from '../../../src/checker/compile/layout.ts'
import { tabulateSlots } from '../../../src/checker/compile/translate/slots.ts'
import { action, add, assign, integer, truth, variable } from '../../../src/model/language/builder.ts'
import { boolean, enumeration, orNone, range } from '../../../src/model/language/domain.ts'
import { shapeOf } from '../../../src/model/language/state.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import type { Variable } from '../../../src/model/language/variable.ts'
import { transitionSystems } from '../../arbitraries/transition-system.ts'
import { accepted, bothEngines, exploreCompiled } from './explore-compiled.ts'

const index = range(0, 1)

describe('layout', () => {
  it('gives a slot as many bits as its values need, in order, and none to one that is never assigned', () => {
    const flag = variable('flag', boolean)
    const fixed = variable('fixed', range(0, 9), { initial: 7 })
    const owner = variable('owner', orNone(enumeration('who', ['a', 'b', 'c'])), { initial: 2 })
    const layout = accepted(layoutOf([flag.declaration, fixed.declaration, owner.declaration], ['flag', 'owner']))
    expect(layout).toEqual({
      wordCount: 1,
      fields: [
        { slot: 0, word: 0, shift: 0, bits: 1, lowest: 0 },
        { slot: 2, word: 0, shift: 1, bits: 2, lowest: -1 },
      ],
      constants: [{ slot: 1, value: 7 }],
    } satisfies Layout)
  })

  it('never lets a slot straddle two words, and fills the first word that has room', () => {
    const wide = range(0, 2 ** 20 - 1)
    const declarations = ['one', 'two'].map((name) => variable(name, wide).declaration)
    const small = variable('small', range(0, 2 ** 12 - 1)).declaration
    const layout = accepted(layoutOf([...declarations, small], ['one', 'two', 'small']))
    // By hand: 20 bits, 20 bits in a new word, and 12 that just fit behind the first.
    expect(layout.fields.map(({ word, shift, bits }) => [word, shift, bits])).toEqual([
      [0, 0, 20],
      [1, 0, 20],
      [0, 20, 12],
    ])
  })

  it('gives an element that is never assigned no bits, while its neighbour has some', () => {
    const pair = variable('pair', range(0, 3), { indexedBy: [index] })
    const system = systemOf([pair.declaration], [action('only the second', { assign: [assign(pair.at(integer(1)), integer(2))] })])
    const layout = accepted(layOut(tabulateSlots(system, shapeOf(system.variables))))
    expect(layout.constants).toEqual([{ slot: 0, value: 0 }])
  })

  it('refuses a state of more than 128 words and names the widest variables', () => {
    const heap = variable('heap', range(0, 2 ** 16 - 1), { indexedBy: [range(0, 256)] })
    const checked = layoutOf([heap.declaration], ['heap'])
    expect(checked).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'MC201', hint: expect.stringContaining('"heap" (4112 bits)') }],
    })
  })

  it('refuses a value that does not fit in 32 bits', () => {
    const large = variable('large', range(0, 2 ** 31))
    expect(layoutOf([large.declaration], ['large'])).toMatchObject({ ok: false, diagnostics: [{ code: 'MC201' }] })
  })

  it('survives a round trip of every value, by the generated code and by the interpreter', () => {
    const ranges = fc.tuple(fc.integer(), fc.integer()).map(([a, b]) => range(Math.min(a, b), Math.max(a, b)))
    const small = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.nat(40)).map(([min, size]) => range(min, min + size))
    fc.assert(
      fc.property(fc.array(fc.oneof(ranges, small), { minLength: 1 }), fc.infiniteStream(fc.nat()), (domains, stream) => {
        const variables = domains.map((domain, i) => variable(`v${i}`, domain))
        const assigned = variables.map((each) => assign(each.at(), add(each.at(), integer(0))))
        const declared = variables.map(({ declaration }) => declaration)
        const engines = bothEngines(systemOf(declared, [action('all', { assign: assigned })]), [], false)
        const numbers = [...stream.take(domains.length)]
        const values = Int32Array.from(domains, (domain, i) => within(domain, numbers[i] ?? 0))
        for (const engine of Object.values(engines)) {
          const vectors = new Int32Array(engine.wordCount + 2).fill(-1)
          const unpacked = new Int32Array(engine.slotCount)
          engine.pack(values, vectors, 1)
          engine.unpack(vectors, 1, unpacked)
          expect(unpacked).toEqual(values)
          expect([vectors[0], vectors.at(-1)]).toEqual([-1, -1])
        }
      }),
    )
  })

  it('gives different states of a random system different vectors, the same by the generated code and the interpreter', () => {
    fc.assert(
      fc.property(transitionSystems(), (system) => {
        const { generated, interpreted } = bothEngines(system, [], false)
        const vectors = new Set<string>()
        const found = exploreCompiled(generated, [], (values) => {
          const [one, other] = [new Int32Array(generated.wordCount), new Int32Array(generated.wordCount)]
          generated.pack(values, one, 0)
          interpreted.pack(values, other, 0)
          expect(one).toEqual(other)
          vectors.add(one.join())
        })
        if (found.error === undefined) expect(vectors.size).toBe(found.states.size)
      }),
      { numRuns: 50 },
    )
  })
})

/** A value of the domain, the lowest and the highest often. */
function within({ kind, ...ends }: ReturnType<typeof range>, number: number): number {
  if (kind !== 'range') throw new Error('ranges only')
  const { min, max } = ends as { readonly min: number; readonly max: number }
  const choice = number % 3
  return choice === 0 ? min : choice === 1 ? max : min + (number % (max - min + 1))
}

function layoutOf(variables: readonly Variable[], assigned: readonly string[]): ReturnType<typeof layOut> {
  const actions = variables
    .filter(({ name }) => assigned.includes(name))
    .map(({ name, indexedBy, domain }) => {
      const indices = indexedBy.map(() => ({ kind: 'literal', domain: range(0, 0), value: 0 }) as const)
      const target = { kind: 'read', variable: name, indices } as const
      const everywhere = indexedBy.length === 0 ? target : { ...target, indices: [add(integer(0), integer(0))] }
      return action(name, { assign: [{ target: everywhere, value: { kind: 'literal', domain, value: 0 } }] })
    })
  const system = systemOf(variables, actions)
  return layOut(tabulateSlots(system, shapeOf(variables)))
}

function systemOf(variables: readonly Variable[], actions: TransitionSystem['actions']): TransitionSystem {
  return { name: 'system', processes: ['process'], variables, actions, final: truth, allocations: [] }
}
