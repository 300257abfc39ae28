import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alignTraces } from '../../src/gate/trace-changes.ts'

const trace = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 })

describe('two traces side by side', () => {
  it('are both whole, and share what stands in both', () => {
    fc.assert(
      fc.property(trace, trace, (expected, found) => {
        const { lines } = alignTraces(expected, found)
        const side = (own: 'expected' | 'found') => lines.filter((line) => line.in === 'both' || line.in === own).map(({ text }) => text)
        expect(side('expected')).toEqual(expected)
        expect(side('found')).toEqual(found)
      }),
    )
  })

  it('part at the first step that is not the same', () => {
    fc.assert(
      fc.property(trace, trace, (expected, found) => {
        const length = Math.max(expected.length, found.length)
        const first = Array.from({ length }, (_, i) => i).find((i) => expected[i] !== found[i]) ?? length
        expect(alignTraces(expected, found).partAt).toBe(first + 1)
      }),
    )
  })

  it('share as much as can be shared', () => {
    const { lines } = alignTraces(['begin', 'left', 'middle', 'end'], ['begin', 'middle', 'right', 'end'])
    expect(lines.map((line) => `${line.in} ${line.text}`)).toEqual([
      'both begin',
      'expected left',
      'both middle',
      'found right',
      'both end',
    ])
  })
})
