import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRenaming } from '../../../src/checker/compile/rename-identities.ts'
import { isSameScalarset } from '../../../src/model/language/allocate.ts'
import { allocation, not, truth, variable } from '../../../src/model/language/builder.ts'
import { boolean, orNone, range, scalarset } from '../../../src/model/language/domain.ts'
import { elementAt, indicesOf, shapeOf } from '../../../src/model/language/state.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'

const cell = scalarset('cell', { distinguished: ['main'], interchangeable: 3 })
const first = variable('first', orNone(cell))
const second = variable('second', orNone(cell))
const link = variable('link', orNone(cell), { indexedBy: [cell] })
const mark = variable('mark', range(0, 2), { indexedBy: [cell] })
const system: TransitionSystem = {
  name: 'cells',
  processes: ['process'],
  variables: [first, second, link, mark].map(({ declaration }) => declaration),
  actions: [],
  final: truth,
  allocations: [allocation(cell, () => truth)],
}

/** Slots: first, second, four links, four marks. */
function renamed(values: readonly number[], of: TransitionSystem = system): readonly number[] {
  const array = Int32Array.from(values)
  createRenaming(of, shapeOf(of.variables))(array)
  return [...array]
}

describe('renaming of identities', () => {
  it('numbers members as root slots refer to them, and takes their elements along', () => {
    // first = 3, second = 1; cell 3 has mark 2 and cell 1 mark 1.
    expect(renamed([3, 1, -1, -1, -1, -1, 0, 1, 0, 2])).toEqual([1, 2, -1, -1, -1, -1, 0, 2, 1, 0])
  })

  it('then numbers members as elements of numbered ones refer to them, those of distinguished members first', () => {
    // main links to 3, the root is 2, and 2 links to 1.
    expect(renamed([2, -1, 3, -1, 1, -1, 0, 0, 0, 2])).toEqual([1, -1, 2, 3, -1, -1, 0, 0, 2, 0])
  })

  it('then numbers members by their elements, those with initial elements last', () => {
    expect(renamed([-1, -1, -1, -1, -1, -1, 0, 0, 2, 1])).toEqual([-1, -1, -1, -1, -1, -1, 0, 1, 2, 0])
  })

  it('leaves distinguished members and "none" alone', () => {
    expect(renamed([0, -1, 0, -1, -1, -1, 2, 0, 0, 0])).toEqual([0, -1, 0, -1, -1, -1, 2, 0, 0, 0])
  })

  it('renames a state that begins somewhere in an array, and nothing around it', () => {
    const array = Int32Array.from([3, 3, -1, -1, -1, -1, -1, 0, 0, 0, 1, 3])
    createRenaming(system, shapeOf(system.variables))(array, 1)
    expect([...array]).toEqual([3, 1, -1, -1, -1, -1, -1, 0, 1, 0, 0, 3])
  })

  it('moves the elements of an array with two indices of the scalarset along both', () => {
    const pair = scalarset('pair', { interchangeable: 2 })
    const root = variable('root', pair)
    const matrix = variable('matrix', range(0, 9), { indexedBy: [pair, boolean, pair] })
    const two: TransitionSystem = {
      ...system,
      variables: [root.declaration, matrix.declaration],
      allocations: [allocation(pair, () => not(truth))],
    }
    // By hand: root 1 becomes 0, so (0, b, 1) and (1, b, 0) change places, and so do (0, b, 0) and (1, b, 1).
    expect(renamed([1, 1, 2, 3, 4, 5, 6, 7, 8], two)).toEqual([0, 6, 5, 8, 7, 2, 1, 4, 3])
  })

  it('leaves its result alone, and gives states that differ by a permutation the same if roots lead to all members in use', () => {
    const cells = fc.integer({ min: -1, max: 3 })
    const states = fc.tuple(fc.tuple(cells, cells), fc.array(cells, fixed(4)), fc.array(fc.nat(2), fixed(4)))
    const orders = fc.shuffledSubarray([1, 2, 3], fixed(3))
    fc.assert(
      fc.property(states, orders, ([roots, links, marks], order) => {
        const state = [...roots, ...links, ...marks]
        const once = renamed(state)
        expect(renamed(once)).toEqual(once)
        if (isReached(state)) expect(renamed(permuted(state, [0, ...order]))).toEqual(once)
      }),
      { numRuns: 1000 },
    )
  })
})

function fixed(length: number): { readonly minLength: number; readonly maxLength: number } {
  return { minLength: length, maxLength: length }
}

/** Whether every member with elements of its own is reached from a root or from the distinguished member. */
function isReached([one = -1, other = -1, ...elements]: readonly number[]): boolean {
  const reached = new Set([0, one, other])
  for (const member of reached) reached.add(elements[member] ?? -1)
  return [1, 2, 3].every((member) => reached.has(member) || (elements[member] === -1 && elements[4 + member] === 0))
}

/** The state with every cell replaced by its image, worked out slot by slot. */
function permuted(state: readonly number[], images: readonly number[]): readonly number[] {
  const shape = shapeOf(system.variables)
  const result = [...state]
  for (const { name, indexedBy, domain, initial } of system.variables) {
    const start = shape.firstSlot.get(name) ?? 0
    for (const element of initial.keys()) {
      const value = state[start + element] ?? 0
      const indices = indicesOf(indexedBy, element).map((index) => images[index] ?? index)
      const target = start + (elementAt(indexedBy, indices) ?? 0)
      result[target] = isSameScalarset(domain, cell) ? (images[value] ?? value) : value
    }
  }
  return result
}
