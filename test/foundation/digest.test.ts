import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestOf, policyHashOf } from '../../src/foundation/digest.ts'

describe('digestOf', () => {
  it('gives the SHA-256 of "abc" that FIPS 180-4 publishes', () => {
    expect(digestOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  it('agrees with the SHA-256 of Node on every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(digestOf(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'))
      }),
    )
  })
})

describe('policyHashOf', () => {
  it('agrees with the Base64 of the SHA-256 of Node on every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(policyHashOf(text)).toBe(`sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`)
      }),
    )
  })
})
