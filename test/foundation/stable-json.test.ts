import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stableJson } from '../../src/foundation/stable-json.ts'

describe('stableJson', () => {
  it('sorts keys at every depth and leaves the order of arrays alone', () => {
    expect(stableJson({ b: [{ z: 1, a: 2 }, 0], a: true })).toBe('{"a":true,"b":[{"a":2,"z":1},0]}')
  })

  it('indents when asked to', () => {
    expect(stableJson({ b: 1, a: [2] }, 2)).toBe('{\n  "a": [\n    2\n  ],\n  "b": 1\n}')
  })

  it('gives JSON that reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(stableJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (record) => {
        const reversed = Object.fromEntries(Object.entries(record).reverse())
        expect(stableJson(reversed)).toBe(stableJson(record))
      }),
    )
  })

  it('leaves out properties that are undefined', () => {
    expect(stableJson({ a: undefined, b: 1 })).toBe('{"b":1}')
  })

  const circular: { self?: unknown } = {}
  circular.self = circular

  it.each([
    ['undefined', undefined],
    ['a circular value', circular],
    ['a bigint', { count: 1n }],
    ['a function', { call: () => 0 }],
    ['NaN', { ratio: Number.NaN }],
    ['infinity', [Number.POSITIVE_INFINITY]],
  ])('refuses %s', (_name, value) => {
    expect(() => stableJson(value)).toThrow()
  })
})
