import { describe, expect, it } from 'vitest'
import { nothing } from '../../bench/models/nothing.ts'
import { Agreement } from '../../bench/run/agreement.ts'

const exhaustive = { name: 'one', reductions: '' }
const reduced = { name: 'another', reductions: 'identity-renaming' }

describe('counts of states', () => {
  it('must be the one that is known', () => {
    expect(() => new Agreement([nothing]).confirm('nothing', exhaustive, 3)).toThrow(/one finds 3 states of "nothing".* says 2/)
  })
  it('must be the same for all tools', () => {
    const agreement = new Agreement([])
    agreement.confirm('a model', exhaustive, 100)
    expect(() => agreement.confirm('a model', { ...exhaustive, name: 'two' }, 101)).toThrow(/nothing was compared/)
  })
  it('may be smaller with a reduction, and never larger', () => {
    const agreement = new Agreement([])
    agreement.confirm('a model', exhaustive, 100)
    agreement.confirm('a model', reduced, 50)
    expect(() => agreement.confirm('a model', { ...reduced, reductions: 'something else' }, 101)).toThrow(/with a reduction/)
    expect(agreement.statesOf('a model')).toBe(100)
  })
})
