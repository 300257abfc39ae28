import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../src/judge/claim-outcome.ts'

describe('the outcome of a claim', () => {
  it.each([
    ['kept', 'safe', 'confirmed'],
    ['kept', 'never-exercised', 'confirmed'],
    ['kept', 'violated', 'refuted'],
    ['broken', 'safe', 'refuted'],
    ['broken', 'never-exercised', 'refuted'],
    ['broken', 'violated', 'confirmed'],
    ['kept', 'undecided', 'undecided'],
    ['broken', 'undecided', 'undecided'],
    ['kept', 'not-applicable', 'not-applicable'],
  ] as const)('a promise claimed %s that is %s is %s', (claims, status, outcome) => {
    expect(outcomeOf({ claims }, { status })).toBe(outcome)
  })
})
