import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minimize } from '../../../src/judge/explain/minimize.ts'

const items = Array.from({ length: 12 }, (_, i) => i)

describe('delta debugging', () => {
  it('leaves exactly what is needed, where that is certain items', () => {
    fc.assert(
      fc.property(fc.subarray(items), fc.integer({ min: 1, max: 12 }), (needed, longest) => {
        expect(minimize(items, (kept) => needed.every((item) => kept.includes(item)), longest)).toEqual(needed)
      }),
    )
  })

  it('never takes away what breaks the test, and leaves nothing that can go alone', () => {
    const alternatives = fc.array(fc.subarray(items, { minLength: 1 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(alternatives, (sets) => {
        const holds = (kept: readonly number[]): boolean => sets.some((set) => set.every((item) => kept.includes(item)))
        const kept = minimize(items, holds)
        expect(holds(kept)).toBe(true)
        for (const item of kept) expect(holds(kept.filter((other) => other !== item))).toBe(false)
      }),
    )
  })

  it('takes away together what cannot go alone', () => {
    // A lock taken and given back: both or none.
    const isBalanced = (kept: readonly number[]): boolean => kept.includes(3) === kept.includes(4)
    expect(minimize([3, 4], isBalanced)).toEqual([])
    expect(minimize([3, 4], isBalanced, 1)).toEqual([3, 4])
  })
})
