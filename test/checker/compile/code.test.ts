import { describe, expect, it } from 'vitest'
import { Code, code, withNumbersFromTable } from '../../../src/checker/compile/code.ts'

describe('code', () => {
  it('quotes a string, so that it cannot become code', () => {
    expect(code`x === ${'"; fail()'}`.text).toBe('x === "\\"; fail()"')
  })

  it('keeps a string with any line end in one line', () => {
    expect(code`// ${'a\nb\r\u2028\u2029c'}`.text).toBe('// "a\\nb\\r\\u2028\\u2029c"')
  })

  it('inserts code, numbers and truth values as they are', () => {
    expect(code`${code`s[0]`} < ${-1} || ${true}`.text).toBe('s[0] < -1 || true')
  })

  it('refuses a name that is not an identifier', () => {
    expect(() => Code.name('a b')).toThrow('"a b" is not an identifier')
  })

  it('takes numbers out from left to right, and remarks away', () => {
    const numbers: number[] = []
    const skeleton = code`${Code.remark('says 7')}\n${Code.join([code`s[${4}]`, code`s[${5}]`], code` < `)} + ${-1}`.skeleton(numbers)
    expect(numbers).toEqual([4, 5, -1])
    expect(withNumbersFromTable(skeleton)).toBe('\ns[numbers[0]] < s[numbers[1]] + numbers[2]')
  })

  it('has one skeleton for code that differs in numbers, another for any other difference', () => {
    const skeleton = (part: Code): string => part.skeleton([])
    expect(skeleton(code`s[${1}] < ${2}`)).toBe(skeleton(code`s[${3}] < ${-4}`))
    expect(skeleton(code`s[${1}] < ${2}`)).not.toBe(skeleton(code`s[${1}] < ${'2'}`))
    expect(skeleton(code`s[${1}] < ${2}`)).not.toBe(skeleton(code`s[${1}] < ${2 ** 31}`))
    expect(skeleton(code`${'\u0001'}`)).not.toBe(skeleton(code`"${1}"`))
  })
})
