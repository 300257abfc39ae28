import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestName } from '../../src/foundation/nearest-name.ts'

describe('nearestName', () => {
  const designs = ['status-quo', 'explicit-interpreter', 'key-per-interpreter']

  it('finds the name behind a slip of the finger', () => {
    expect(nearestName('statsu-quo', designs)).toBe('status-quo')
    expect(nearestName('key-per-interpeter', designs)).toBe('key-per-interpreter')
  })

  it('does not mind capitals', () => {
    expect(nearestName('STATUS-QUO', designs)).toBe('status-quo')
  })

  it('says nothing when every name is far away', () => {
    expect(nearestName('garbage', designs)).toBeUndefined()
    expect(nearestName('ab', ['xy'])).toBeUndefined()
    expect(nearestName('anything', [])).toBeUndefined()
  })

  it('takes the first of equally near names', () => {
    expect(nearestName('take-gil', ['take-gi1', 'take-gi2'])).toBe('take-gi1')
  })

  it('finds a name that is there', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        expect(nearestName(name, [name])).toBe(name)
      }),
    )
  })
})
