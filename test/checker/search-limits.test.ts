import { describe, expect, it } from 'vitest'
import type { SearchLimits } from '../../src/checker/search-limits.ts'
import { validateLimits } from '../../src/checker/search-limits.ts'

const codes = (limits: SearchLimits, hasClock = true): readonly string[] => validateLimits(limits, { hasClock }).map(({ code }) => code)

describe('limits of a search', () => {
  it('may be left out, or be whole numbers of at least 1', () => {
    expect(codes({})).toEqual([])
    expect(codes({ states: 1, depth: 1, memory: 1, time: 1 })).toEqual([])
  })

  it.each(['states', 'depth', 'memory', 'time'] as const)('refuses a limit on %s that is no such number', (name) => {
    for (const value of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60]) {
      expect(codes({ [name]: value })[0], `${value}`).toBe('MC302')
    }
  })

  it('says what was found and expected', () => {
    expect(validateLimits({ depth: -3 }, { hasClock: true })).toEqual([
      {
        code: 'MC302',
        message: 'found -3; expected a whole number of steps, at least 1',
        hint: 'Leave it out for no limit.',
        place: ['limit on depth'],
      },
    ])
  })

  it('refuses more states than a state index can name', () => {
    expect(codes({ states: 2 ** 31 - 2 })).toEqual([])
    expect(codes({ states: 2 ** 31 - 1 })).toEqual(['MC302'])
  })

  it('refuses a limit on time where there is no clock', () => {
    expect(codes({ time: 5 }, false)).toEqual(['MC302'])
    expect(codes({ states: 5 }, false)).toEqual([])
  })
})
