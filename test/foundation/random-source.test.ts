import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InternalError } from '../../src/foundation/diagnostic.ts'
import { createRandomSource } from '../../src/foundation/random-source.ts'

function draw(seed: number, limit: number, count: number): readonly number[] {
  const source = createRandomSource(seed)
  return Array.from({ length: count }, () => source.nextInteger(limit))
}

describe('a random source', () => {
  it('stays below its limit', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (seed, limit) => {
        for (const drawn of draw(seed, limit, 20)) {
          expect(drawn).toBeGreaterThanOrEqual(0)
          expect(drawn).toBeLessThan(limit)
        }
      }),
    )
  })

  it('repeats itself for the same seed', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(draw(seed, 1_000_000, 10)).toEqual(draw(seed, 1_000_000, 10))
      }),
    )
  })

  it('differs between neighbouring seeds', () => {
    expect(draw(1, 1_000_000, 10)).not.toEqual(draw(2, 1_000_000, 10))
  })

  it('reaches every value below a small limit about equally often', () => {
    const counts = [0, 0, 0, 0, 0]
    for (const drawn of draw(3, 5, 10_000)) counts[drawn] = (counts[drawn] ?? 0) + 1

    // 2,000 each on average; the standard deviation is 40.
    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(200)
  })

  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])('refuses the limit %s', (limit) => {
    expect(() => createRandomSource(1).nextInteger(limit)).toThrow(InternalError)
  })
})
